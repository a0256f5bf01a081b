using System.Threading.RateLimiting;
using Kommo.Http;
using Microsoft.Extensions.Logging;
using TableRateLimiting;

namespace KommoFunctions.Limiting;

/// <summary>An account's limiter, which stops all instances when Kommo says 429 or blocks.</summary>
internal sealed partial class AccountLimiter : ILimitObserver, IAsyncDisposable
{
    private readonly string _host;
    private readonly TableRateLimiter _account;
    private readonly Func<string, CancellationToken, ValueTask> _blocked;
    private readonly LimitOptions _options;
    private readonly CoreMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private long _servedAt;

    /// <param name="host">The account's host.</param>
    /// <param name="account">Its limiter, which this one owns.</param>
    /// <param name="address">The outbound address's limiter, or null: that is not limited.</param>
    /// <param name="blocked">Told the host when Kommo answers with its block page: what Kommo blocks may be the address of all accounts.</param>
    /// <param name="options">How long to pause.</param>
    /// <param name="metrics">Where blocks are counted.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where refusals are logged.</param>
    public AccountLimiter(
        string host,
        TableRateLimiter account,
        TableRateLimiter? address,
        Func<string, CancellationToken, ValueTask> blocked,
        LimitOptions options,
        CoreMetrics metrics,
        TimeProvider time,
        ILogger logger)
    {
        (_host, _account, _blocked, _options, _metrics, _time, _logger) = (host, account, blocked, options, metrics, time, logger);
        var joint = address is null ? null : new JointRateLimiter(account, address);
        (Limiter, Background) = (joint ?? (RateLimiter)account, joint?.Background ?? account.Background);
    }

    public RateLimiter Limiter { get; }

    /// <summary>When Kommo last served the account in this process, UTC.</summary>
    public DateTimeOffset ServedAt => new(Interlocked.Read(ref _servedAt), TimeSpan.Zero);

    /// <summary>For what nobody waits for: comparisons, clean-up.</summary>
    public RateLimiter Background { get; }

    public async ValueTask RateLimitedAsync(TimeSpan? retryAfter, CancellationToken cancellationToken)
    {
        var pause = retryAfter ?? _options.PauseWhenLimited;
        Log.RateLimited(_logger, _host, pause);
        await _account.PauseAsync(pause, cancellationToken);
    }

    /// <summary>Stops the account. Whether Kommo blocks the address of all accounts, its report finds out.</summary>
    public async ValueTask BlockedAsync(CancellationToken cancellationToken)
    {
        _metrics.Blocked(_host);
        Log.Blocked(_logger, _host, _options.PauseWhenBlocked);
        await _account.PauseAsync(_options.PauseWhenBlocked, cancellationToken);
        await _blocked(_host, cancellationToken);
    }

    public void Served() => Interlocked.Exchange(ref _servedAt, _time.GetUtcNow().UtcTicks);

    /// <summary>Stops the account's requests on all instances.</summary>
    public ValueTask PauseAsync(TimeSpan pause, CancellationToken cancellationToken) => new(_account.PauseAsync(pause, cancellationToken));

    public ValueTask DisposeAsync() => _account.DisposeAsync();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Kommo answered 429 for {Host}; all instances leave it alone for {Pause}")]
        public static partial void RateLimited(ILogger logger, string host, TimeSpan pause);

        [LoggerMessage(2, LogLevel.Critical, "Kommo blocks {Host} or this address (403 page); all instances leave it alone for {Pause}. Ask Kommo's support to lift it")]
        public static partial void Blocked(ILogger logger, string host, TimeSpan pause);
    }
}
