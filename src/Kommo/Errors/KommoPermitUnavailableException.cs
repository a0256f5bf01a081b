namespace Kommo;

/// <summary>The limiter gave no permit in useful time, so nothing was sent. RetryAfter is the limiter's own estimate.</summary>
public sealed class KommoPermitUnavailableException : KommoException
{
    /// <summary>Makes the exception from the facts of the request that was not sent.</summary>
    public KommoPermitUnavailableException(KommoFailure failure)
        : base(failure, "no permit from the rate limiter; nothing was sent", KommoErrorCategory.Throttled, RequestFate.NotSent)
    {
    }
}
