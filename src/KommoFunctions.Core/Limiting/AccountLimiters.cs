using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TableRateLimiting;

namespace KommoFunctions.Limiting;

/// <summary>One limiter an account (and one for the outbound address, where that is limited too), shared with all other instances through table storage.</summary>
internal sealed class AccountLimiters : IAsyncDisposable
{
    private const string Partition = "host";

    private const string AddressPartition = "address";

    /// <summary>Whoever goes on after a 429 is blocked: a pause is looked for before requests that were booked longer ago.</summary>
    private static readonly TimeSpan PauseCheckAfter = TimeSpan.FromSeconds(1);

    private readonly TableClient _table;
    private readonly LimitOptions _options;
    private readonly TimeProvider _time;
    private readonly CoreMetrics _metrics;
    private readonly IMeterFactory _meters;
    private readonly ILoggerFactory _loggers;
    private readonly ConcurrentDictionary<string, Lazy<AccountLimiter>> _limiters = new();
    private readonly Lazy<TableRateLimiter?> _address;

    public AccountLimiters(
        TableClient table, IOptions<LimitOptions> options, TimeProvider time, CoreMetrics metrics, IMeterFactory meters, ILoggerFactory loggers)
    {
        (_table, _options, _time, _metrics, _meters, _loggers) = (table, options.Value, time, metrics, meters, loggers);
        _address = new(() => _options.RequestsPerSecondAndAddress == 0
            ? null
            : Create(AddressPartition, _options.OutboundAddress, _options.RequestsPerSecondAndAddress));
    }

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
            await limiter.Value.DisposeAsync();
        }

        if (_address.IsValueCreated && _address.Value is { } address)
        {
            await address.DisposeAsync();
        }
    }

    private AccountLimiter Create(string host) =>
        new(host, Create(Partition, host, _options.RequestsPerSecond), _address.Value, _options, _metrics, _loggers.CreateLogger<AccountLimiter>());

    private TableRateLimiter Create(string partition, string scope, int permits) => new(
        _table,
        partition,
        scope,
        new TableRateLimiterOptions
        {
            PermitLimit = permits,
            ArrivalJitter = _options.ArrivalJitter,
            MaxWait = _options.LongestWait,
            PauseCheckAfter = PauseCheckAfter,
            FallbackPermitsPerWindow = Math.Min(_options.RequestsWithoutStorage, permits),
        },
        _time,
        _loggers.CreateLogger<TableRateLimiter>(),
        _meters);
}
