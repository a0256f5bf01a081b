using Kommo.Http;
using Microsoft.Extensions.Logging;
using TableRateLimiting;

namespace KommoFunctions.Limiting;

/// <summary>An account's limiter, which stops all instances when Kommo says 429 or blocks.</summary>
internal sealed partial class AccountLimiter(string host, TableRateLimiter limiter, LimitOptions options, ILogger logger) : ILimitObserver
{
    public TableRateLimiter Limiter { get; } = limiter;

    public async ValueTask RateLimitedAsync(TimeSpan? retryAfter, CancellationToken cancellationToken)
    {
        var pause = retryAfter ?? options.PauseWhenLimited;
        Log.RateLimited(logger, host, pause);
        await Limiter.PauseAsync(pause, cancellationToken);
    }

    public async ValueTask BlockedAsync(CancellationToken cancellationToken)
    {
        Log.Blocked(logger, host, options.PauseWhenBlocked);
        await Limiter.PauseAsync(options.PauseWhenBlocked, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Kommo answered 429 for {Host}; all instances leave it alone for {Pause}")]
        public static partial void RateLimited(ILogger logger, string host, TimeSpan pause);

        [LoggerMessage(2, LogLevel.Critical, "Kommo blocks {Host} or this address (403 page); all instances leave it alone for {Pause}. Ask Kommo's support to lift it")]
        public static partial void Blocked(ILogger logger, string host, TimeSpan pause);
    }
}
