namespace Kommo;

/// <summary>The route does not take the method (405).</summary>
public sealed class KommoMethodNotAllowedException : KommoException
{
    /// <summary>Makes the exception from the facts of the failed request.</summary>
    public KommoMethodNotAllowedException(KommoFailure failure)
        : base(failure, "the method is not allowed", KommoErrorCategory.Rejected, RequestFate.Refused)
    {
    }
}
