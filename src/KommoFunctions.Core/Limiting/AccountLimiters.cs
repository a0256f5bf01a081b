using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TableRateLimiting;

namespace KommoFunctions.Limiting;

/// <summary>One limiter an account, shared with all other instances through table storage.</summary>
internal sealed class AccountLimiters(
    TableClient table, IOptions<LimitOptions> options, TimeProvider time, IMeterFactory meters, ILoggerFactory loggers) : IAsyncDisposable
{
    private const string Partition = "host";

    private readonly ConcurrentDictionary<string, Lazy<AccountLimiter>> _limiters = new();

    /// <summary>
    /// The limiter of the account at this address. The address, not the id, names the scope: the first token request of an account counts
    /// too, and is made before the id is known.
    /// </summary>
    public AccountLimiter Get(Uri address) =>
        _limiters.GetOrAdd(address.Authority, host => new Lazy<AccountLimiter>(() => Create(host))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var limiter in _limiters.Values.Where(l => l.IsValueCreated))
        {
            await limiter.Value.Limiter.DisposeAsync();
        }
    }

    private AccountLimiter Create(string host)
    {
        var limiter = new TableRateLimiter(
            table,
            Partition,
            host,
            new TableRateLimiterOptions
            {
                PermitLimit = options.Value.RequestsPerSecond,
                Margin = options.Value.Margin,
                MaxWait = options.Value.LongestWait,
                FallbackPermitsPerWindow = Math.Min(options.Value.RequestsWithoutStorage, options.Value.RequestsPerSecond),
            },
            time,
            loggers.CreateLogger<TableRateLimiter>(),
            meters);
        return new AccountLimiter(host, limiter, options.Value, loggers.CreateLogger<AccountLimiter>());
    }
}
