namespace Kommo.Http;

/// <summary>Hears of Kommo's own limits, so that every instance can stop (Kommo: Limitations). An exception from it ends the call.</summary>
public interface ILimitObserver
{
    /// <summary>Kommo answered 429.</summary>
    /// <param name="retryAfter">How long it asks to wait; null when it did not say.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask RateLimitedAsync(TimeSpan? retryAfter, CancellationToken cancellationToken);

    /// <summary>Kommo blocks the address or the account.</summary>
    ValueTask BlockedAsync(CancellationToken cancellationToken);

    /// <summary>Kommo did what was asked, so that it blocks neither the address nor the account at this moment.</summary>
    void Served()
    {
    }
}
