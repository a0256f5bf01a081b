namespace Kommo;

/// <summary>Too many requests (429). RetryAfter comes from the body, else from the header, else it is null.</summary>
public sealed class KommoRateLimitedException : KommoException
{
    /// <summary>Makes the exception from the facts of the failed request.</summary>
    public KommoRateLimitedException(KommoFailure failure)
        : base(failure, "too many requests", KommoErrorCategory.Throttled, RequestFate.Refused)
    {
    }
}
