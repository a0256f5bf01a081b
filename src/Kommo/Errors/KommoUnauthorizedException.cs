namespace Kommo;

/// <summary>Kommo did not take the token (401), also not the one that the token source gave after the first refusal.</summary>
public sealed class KommoUnauthorizedException : KommoException
{
    /// <summary>Makes the exception from the facts of the failed request.</summary>
    public KommoUnauthorizedException(KommoFailure failure)
        : base(failure, "the token was not accepted", KommoErrorCategory.Unauthorized, RequestFate.Refused)
    {
    }
}
