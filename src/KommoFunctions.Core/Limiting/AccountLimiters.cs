using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Azure.Data.Tables;
using KommoFunctions.Accounts;
using KommoFunctions.Failures;
using KommoFunctions.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TableRateLimiting;

namespace KommoFunctions.Limiting;

/// <summary>One limiter an account (and one for the outbound address, where that is limited too), shared with all other instances through table storage.</summary>
internal sealed partial class AccountLimiters : IAsyncDisposable
{
    private const string Partition = "host";

    private const string AddressPartition = "address";

    private const string ConnectingPartition = "connecting";

    /// <summary>
    /// Requests a second for connecting accounts, over all hosts. They are rare, and anybody can cause them: a connected account keeps five of its
    /// seven a second whatever comes in.
    /// </summary>
    private const int ConnectingRequestsPerSecond = 2;

    /// <summary>Whoever goes on after a 429 is blocked: a pause is looked for before requests that were booked longer ago.</summary>
    private static readonly TimeSpan PauseCheckAfter = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan KeepIdle = TimeSpan.FromHours(1);

    private readonly TableClient _table;
    private readonly LimitOptions _options;
    private readonly TimeProvider _time;
    private readonly CoreMetrics _metrics;
    private readonly IMeterFactory _meters;
    private readonly ILoggerFactory _loggers;
    private readonly ConcurrentDictionary<string, Lazy<AccountLimiter>> _limiters = new();
    private readonly Lazy<TableRateLimiter?> _address;
    private readonly Lazy<TableRateLimiter> _connecting;
    private readonly Lazy<TableRateLimiter> _callbacks;
    private readonly AccountStore _accounts;
    private readonly VersionedRows _rows;
    private readonly BlockReports _blocks;
    private readonly ILogger _logger;

    public AccountLimiters(
        TableClient table,
        AccountStore accounts,
        IOptions<LimitOptions> options,
        TimeProvider time,
        CoreMetrics metrics,
        IMeterFactory meters,
        ILoggerFactory loggers)
    {
        _accounts = accounts;
        _rows = new VersionedRows(table, time);
        _blocks = new BlockReports(_rows, options.Value.OutboundAddress, options.Value.PauseWhenBlocked, time);
        _logger = loggers.CreateLogger<AccountLimiters>();
        (_table, _options, _time, _metrics, _meters, _loggers) = (table, options.Value, time, metrics, meters, loggers);
        _address = new(() => _options.RequestsPerSecondAndAddress == 0
            ? null
            : Create(AddressPartition, _options.OutboundAddress, _options.RequestsPerSecondAndAddress));
        _connecting = new(() => Create(ConnectingPartition, "requests", Math.Min(ConnectingRequestsPerSecond, _options.RequestsPerSecond)));
        _callbacks = new(() => Create(ConnectingPartition, "callbacks", ConnectingRequestsPerSecond));
    }

    /// <summary>
    /// The limiter of the connected account at this address. The address, not the id, names the scope: a token request counts too, and is made
    /// before the id is known. For an address that an unauthenticated caller named use <see cref="Connecting"/>: a limiter that this method creates
    /// stays in memory for an hour after its last use, and its row in storage for a day.
    /// </summary>
    public AccountLimiter Get(Uri address) =>
        _limiters.GetOrAdd(address.Authority, host => new Lazy<AccountLimiter>(() => Create(host))).Value;

    /// <summary>
    /// Whether a callback of the connect pages may go on, before anything is stored for it: as many as may send a request. False when it would
    /// have to wait too long.
    /// </summary>
    public async Task<bool> AdmitCallbackAsync(CancellationToken cancellationToken)
    {
        using var lease = await _callbacks.Value.AcquireAsync(1, cancellationToken);
        return lease.IsAcquired;
    }

    /// <summary>Permits for connecting the account at this address, where an account may be or not.</summary>
    public ConnectingLimiter Connecting(Uri address) => new(
        _connecting.Value,
        async cancellationToken => await _accounts.HasConnectedAsync(address, cancellationToken) ? Get(address) : null,
        _address.Value);

    /// <summary>Counts a request, which was allowed as one for connecting, for the account that it has just connected.</summary>
    public async ValueTask CountAsync(Uri address, CancellationToken cancellationToken)
    {
        using var lease = await Get(address).Limiter.AcquireAsync(1, cancellationToken);
    }

    /// <summary>Deletes what storage has of hosts at which no account is connected any more. A row that is in use after all stays.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var hosts = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        await foreach (var account in _accounts.ListAsync(cancellationToken))
        {
            if (account.State != AccountState.Uninstalled)
            {
                hosts.Add(account.Address.Authority);
            }
        }

        var count = 0;
        var old = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and Timestamp lt {before}");
        await foreach (var row in _rows.QueryAsync(old, cancellationToken, ["PartitionKey", "RowKey", "Timestamp"]))
        {
            count += IsOf(hosts, row.RowKey) || !await _rows.TryDeleteAsync(row, cancellationToken) ? 0 : 1;
        }

        return count;
    }

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

        foreach (var limiter in new[] { _connecting, _callbacks }.Where(l => l.IsValueCreated))
        {
            await limiter.Value.DisposeAsync();
        }
    }

    private async ValueTask PauseConnectingAsync(CancellationToken cancellationToken)
    {
        await _connecting.Value.PauseAsync(_options.PauseWhenBlocked, cancellationToken);
        if (_address.Value is { } address)
        {
            await address.PauseAsync(_options.PauseWhenBlocked, cancellationToken);
        }
    }

    /// <summary>A limiter keeps rows of its own beside its scope's, such as <c>example.kommo.com.clock</c>.</summary>
    private static bool IsOf(HashSet<string> hosts, string rowKey) =>
        hosts.Contains(rowKey) || (rowKey.LastIndexOf('.') is > 0 and var dot && hosts.Contains(rowKey[..dot]));

    /// <summary>
    /// Kommo answered for a host with its block page: when it has done so for another one too and has served none since, all accounts pause that this process
    /// knows of, on all instances.
    /// </summary>
    private async ValueTask ReportBlockAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            var known = _limiters.Values.Where(limiter => limiter.IsValueCreated).ToList();
            if (await _blocks.ReportAsync(host, cancellationToken) is not { } since || known.Exists(limiter => limiter.Value.ServedAt > since))
            {
                return;
            }

            Log.AddressBlocked(_logger, known.Count, _options.PauseWhenBlocked);
            await PauseConnectingAsync(cancellationToken);
            await Task.WhenAll(known.Select(limiter => limiter.Value.PauseAsync(_options.PauseWhenBlocked, cancellationToken).AsTask()));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // The host's own pause holds; the next block page reports again.
            Log.NotReported(_logger, host, e);
        }
    }

    /// <summary>Drops what has not been used for long: hosts come and go. Who still has one of them goes on with it.</summary>
    private void Prune()
    {
        foreach (var (host, limiter) in _limiters)
        {
            if (limiter is { IsValueCreated: true, Value.Limiter.IdleDuration: { } idle } && idle > KeepIdle)
            {
                _limiters.TryRemove(KeyValuePair.Create(host, limiter));
            }
        }
    }

    private AccountLimiter Create(string host)
    {
        Prune();
        return new(
            host, Create(Partition, host, _options.RequestsPerSecond), _address.Value, ReportBlockAsync, _options, _metrics, _time, _loggers.CreateLogger<AccountLimiter>());
    }

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

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "Kommo blocks the outbound address: {Count} accounts pause for {Pause}. Ask Kommo's support to lift the block")]
        public static partial void AddressBlocked(ILogger logger, int count, TimeSpan pause);

        [LoggerMessage(2, LogLevel.Warning, "The block page for {Host} could not be reported to the other instances")]
        public static partial void NotReported(ILogger logger, string host, Exception exception);
    }
}
