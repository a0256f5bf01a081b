namespace Kommo;

/// <summary>The account is unpaid, or its plan lacks the function (402).</summary>
public sealed class KommoPaymentRequiredException : KommoException
{
    /// <summary>Makes the exception from the facts of the failed request.</summary>
    public KommoPaymentRequiredException(KommoFailure failure)
        : base(failure, "the account is unpaid or its plan lacks this", KommoErrorCategory.PaymentRequired, RequestFate.Refused)
    {
    }
}
