using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TableRateLimiting.Internal;
using TableRateLimiting.Machine;
using TableRateLimiting.Storage;

namespace TableRateLimiting;

/// <summary>
/// A rate limiter that any number of processes share through one entity of Azure Table storage: an exact sliding log of the latest
/// grants, so that no window of the receiver ever sees more than <see cref="TableRateLimiterOptions.PermitLimit"/> permits used.
/// A permit stands for one use at the moment the lease is handed out; use it at once.
/// </summary>
public sealed class TableRateLimiter : RateLimiter, IPrioritizedRateLimiter
{
    /// <summary>The name of the meter: <c>TableRateLimiting</c>.</summary>
    public const string MeterName = "TableRateLimiting";

    private static readonly TimeSpan MaxPause = TimeSpan.FromDays(366);

    private readonly Settings _settings;
    private readonly TimeProvider _time;
    private readonly StorageClock _clock;
    private readonly LimiterShell _shell;
    private readonly LimiterMetrics _metrics;

    private long _granted;
    private long _refused;
    private bool _disposed;

    /// <summary>Makes a limiter on the entity with the given keys. Nothing is sent to storage before the first permit is asked for.</summary>
    /// <param name="table">The table; it is created at the first use if need be. A client without retries of its own does best.</param>
    /// <param name="partitionKey">The entity's partition key.</param>
    /// <param name="rowKey">The entity's row key: the scope that is limited. A second entity, <c>{rowKey}.clock</c>, is written to learn the service's time.</param>
    /// <param name="options">The limits.</param>
    /// <param name="time">The time; the system's by default. A wrong wall clock does no harm: the service's time counts.</param>
    /// <param name="logger">Where changes of state are logged.</param>
    /// <param name="meterFactory">Makes the meter; by default the limiter makes one of its own.</param>
    /// <exception cref="ArgumentException">A key has a character that Table storage does not take, or an option is out of its range.</exception>
    public TableRateLimiter(
        TableClient table,
        string partitionKey,
        string rowKey,
        TableRateLimiterOptions options,
        TimeProvider? time = null,
        ILogger<TableRateLimiter>? logger = null,
        IMeterFactory? meterFactory = null)
        : this(table, new TableRateLimitScope(partitionKey, rowKey), options, new StorageClock(time ?? TimeProvider.System), time ?? TimeProvider.System, logger, meterFactory)
    {
    }

    /// <summary>A limiter that shares what is known of the service's time with others on the same account.</summary>
    internal TableRateLimiter(
        TableClient table,
        TableRateLimitScope scope,
        TableRateLimiterOptions options,
        StorageClock clock,
        TimeProvider time,
        ILogger<TableRateLimiter>? logger,
        IMeterFactory? meterFactory)
        : this(
            new GrantStore(table ?? throw new ArgumentNullException(nameof(table)), scope),
            scope.ToString(),
            Settings.From(options ?? throw new ArgumentNullException(nameof(options))),
            clock,
            time,
            Random.Shared,
            logger ?? NullLogger<TableRateLimiter>.Instance,
            meterFactory,
            static work => _ = Task.Run(work))
    {
    }

    internal TableRateLimiter(
        IGrantStore store,
        string scope,
        Settings settings,
        StorageClock clock,
        TimeProvider time,
        Random random,
        ILogger logger,
        IMeterFactory? meterFactory,
        Action<Func<Task>> background)
    {
        (_settings, _time, _clock) = (settings, time, clock);
        _metrics = new LimiterMetrics(meterFactory, scope);
        _shell = new LimiterShell(
            new LimiterMachine(settings, random, _metrics, logger, clock.Moment),
            new StorageGateway(store, clock, settings, time, _metrics, logger),
            clock,
            time,
            logger,
            background);
        Background = new BackgroundRateLimiter(this);
    }

    /// <summary>
    /// This limiter for callers that are in no hurry: interactive callers (those of the limiter itself) go before them, except for
    /// one permit of seven. It shares everything with the limiter and is disposed with it.
    /// </summary>
    public RateLimiter Background { get; }

    /// <summary>How long this process has used no permit, or null while a caller waits or a permit used here still counts.</summary>
    public override TimeSpan? IdleDuration => _shell.Do<TimeSpan?>(machine =>
    {
        var idleSince = machine.LastUse + _settings.LongestPeriod ?? 0;
        return machine.IsEmpty && _clock.Elapsed >= idleSince ? TimeSpan.FromTicks(_clock.Elapsed - idleSince) : null;
    });

    /// <summary>
    /// What this process knows: <see cref="RateLimiterStatistics.CurrentAvailablePermits"/> is an upper bound, since other processes may
    /// have booked since its last swap.
    /// </summary>
    public override RateLimiterStatistics? GetStatistics()
    {
        var (available, waiting) = _shell.Do(static machine => (machine.Available, machine.Waiting));
        return new RateLimiterStatistics
        {
            CurrentAvailablePermits = available,
            CurrentQueuedCount = waiting,
            TotalSuccessfulLeases = Interlocked.Read(ref _granted),
            TotalFailedLeases = Interlocked.Read(ref _refused),
        };
    }

    /// <summary>Stops every process for a time: this one at once, the others at their next swap at the latest. A running pause is only lengthened.</summary>
    /// <param name="duration">How long, up to 366 days; for instance the <c>retry_after</c> of a 429 answer (Kommo: HTTP codes).</param>
    /// <param name="cancellationToken">Stops waiting for storage; the pause holds in this process and is written with its next swap.</param>
    /// <returns>
    /// Ends when the pause is written. When storage is away it ends too, without an exception: the pause holds here and is written with the next swap.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative or above 366 days.</exception>
    public Task PauseAsync(TimeSpan duration, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(duration, MaxPause);
        return PauseUntilAsync(_clock.Elapsed + duration.Ticks, cancellationToken);
    }

    /// <summary>Stops every process until an instant of true time (the storage service's; this process's wall clock until that is known).</summary>
    /// <param name="until">The end of the pause, at most 366 days ahead. One in the past changes nothing.</param>
    /// <param name="cancellationToken">Stops waiting for storage; the pause holds in this process and is written with its next swap.</param>
    /// <returns>
    /// Ends when the pause is written. When storage is away it ends too, without an exception: the pause holds here and is written with the next swap.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The end is more than 366 days ahead.</exception>
    public Task PauseAsync(DateTimeOffset until, CancellationToken cancellationToken = default)
    {
        var now = _clock.Elapsed;
        var local = until.UtcTicks - (_clock.Offset ?? _time.GetUtcNow().UtcTicks - now);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(local - now, MaxPause.Ticks, nameof(until));
        return PauseUntilAsync(local, cancellationToken);
    }

    /// <summary>Lifts a pause before its end: here when it is written, in the other processes at their next look (a second at most while callers come).</summary>
    /// <exception cref="InvalidOperationException">Storage is away: the pause goes on. (A pause that begins while storage is away throws nothing.)</exception>
    public async Task ResumeAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var resuming = new PendingPause();
        _shell.Do(machine => machine.Resume(resuming));
        if (await resuming.Written.WaitAsync(cancellationToken) is { } away)
        {
            throw new InvalidOperationException("Storage is away: the pause could not be lifted.", away);
        }
    }

    /// <summary>The time that the instants of this limiter are measured by.</summary>
    internal TimeProvider Time => _time;

    /// <summary>This process's monotonic time in ticks, on the scale of the limiter's instants.</summary>
    internal long Elapsed => _clock.Elapsed;

    /// <summary>How long a caller of a priority waits at most, in ticks.</summary>
    internal long MaxWaitFor(bool background) => background ? _settings.BackgroundMaxWait : _settings.MaxWait;

    /// <summary>The first instant that a booking begun now can have: behind its swap and half as much again.</summary>
    internal long Soonest => _shell.Do(static machine => machine.Soonest);

    /// <summary>By how much this limiter's scale of time is ahead of another's.</summary>
    internal long Ahead(TableRateLimiter other) => _clock.Ahead(other._clock);

    /// <summary>The greatest number of permits that can be had together.</summary>
    internal int PermitLimit => _settings.PermitLimit;

    RateLimitLease IPrioritizedRateLimiter.Attempt(PermitRequest request) => Attempt(request);

    ValueTask<RateLimitLease> IPrioritizedRateLimiter.AcquireAsync(PermitRequest request, CancellationToken cancellationToken) => AcquireAsync(request, cancellationToken);

    private TableRateLimitLease Attempt(PermitRequest request)
    {
        ThrowIfTooMany(request.Permits);
        ObjectDisposedException.ThrowIf(_disposed, this);
        var retryAfter = _shell.Do<TimeSpan?>(machine =>
            (request.Permits == 0 ? SomeFree(machine) : machine.Take(request.Permits)) ? null : machine.RetryAfter(request));
        return retryAfter is null ? Succeed(request.Permits, TimeSpan.Zero) : Fail(request.Permits, retryAfter);
    }

    private ValueTask<RateLimitLease> AcquireAsync(PermitRequest request, CancellationToken cancellationToken)
    {
        ThrowIfTooMany(request.Permits);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (request.Permits == 0 && _shell.Do(SomeFree))
        {
            return new(Succeed(0, TimeSpan.Zero));
        }

        var pending = new PendingPermit(request);
        _shell.Do(machine => machine.Enter(pending));
        return WaitAsync(pending, cancellationToken);
    }

    /// <summary>When a request would be met, as far as this process knows.</summary>
    internal TimeSpan Expect(PermitRequest request) => _shell.Do(machine => machine.RetryAfter(request));

    /// <summary>Books permits and tells their instant when it is booked, not when it is due.</summary>
    internal ValueTask<PermitOutcome> ReserveAsync(PermitRequest request, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var pending = new PendingPermit(request with { Ahead = true });
        _shell.Do(machine => machine.Enter(pending));
        return _shell.WaitAsync(pending, cancellationToken);
    }

    /// <summary>Whether reserved permits may be used now.</summary>
    internal bool Redeem(PermitOutcome reserved) => _shell.Do(machine => machine.Redeem(reserved));

    /// <summary>Gives reserved permits back.</summary>
    internal void Return(PermitOutcome reserved) => _shell.Do(machine => machine.Return(reserved));

    /// <summary>Counts and measures permits that were reserved and are used now.</summary>
    internal void Count(int permits, TimeSpan wait) => Succeed(permits, wait);

    /// <summary>
    /// Does no I/O and therefore books nothing: it grants only permits that this process has booked, that are due now, and that no caller
    /// waits for (one gave up). In all other cases the lease is refused and tells when a permit can be expected; use
    /// <see cref="RateLimiter.AcquireAsync"/> to have one booked. Zero permits: whether one could be booked now, as far as this process knows.
    /// </summary>
    protected override RateLimitLease AttemptAcquireCore(int permitCount) => Attempt(new PermitRequest(permitCount));

    /// <inheritdoc/>
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        AcquireAsync(new PermitRequest(permitCount), cancellationToken);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            End();
        }

        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    protected override ValueTask DisposeAsyncCore()
    {
        End();
        return base.DisposeAsyncCore();
    }

    private void End()
    {
        if (!Interlocked.Exchange(ref _disposed, true))
        {
            _shell.Dispose();
            _metrics.Dispose();
        }
    }

    private async ValueTask<RateLimitLease> WaitAsync(PendingPermit pending, CancellationToken cancellationToken)
    {
        while (true)
        {
            var outcome = await _shell.WaitAsync(pending, cancellationToken);
            if (!outcome.Granted)
            {
                return Fail(pending.Permits, outcome.RetryAfter);
            }

            // Looked at here, on the thread that goes on to the caller, so that nothing comes between the look and the use.
            if (_shell.Do(machine => UseOrRequeue(machine, pending, outcome)))
            {
                return Succeed(pending.Permits, TimeSpan.FromTicks(_clock.Elapsed - pending.Arrived));
            }
        }
    }

    private static bool UseOrRequeue(LimiterMachine machine, PendingPermit pending, PermitOutcome outcome)
    {
        if (machine.Use(pending, outcome))
        {
            return true;
        }

        pending.WaitAgain();
        machine.Requeue(pending, outcome);
        return false;
    }

    private async Task PauseUntilAsync(long until, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (until <= _clock.Elapsed)
        {
            return;
        }

        var pausing = new PendingPause();
        _shell.Do(machine => machine.Pause(until, pausing));
        await pausing.Written.WaitAsync(cancellationToken);
    }

    private static bool SomeFree(LimiterMachine machine) => machine.IsEmpty && machine.Free > 0;

    private TableRateLimitLease Succeed(int permits, TimeSpan wait)
    {
        Interlocked.Increment(ref _granted);
        _metrics.Granted(permits, wait);
        return TableRateLimitLease.Granted;
    }

    private TableRateLimitLease Fail(int permits, TimeSpan? retryAfter)
    {
        Interlocked.Increment(ref _refused);
        _metrics.Refused(permits);
        return new TableRateLimitLease(false, retryAfter);
    }

    private void ThrowIfTooMany(int permitCount)
    {
        if (permitCount > _settings.PermitLimit)
        {
            throw new ArgumentOutOfRangeException(
                nameof(permitCount), permitCount, $"{permitCount} permits can never be had at once; the limit is {_settings.PermitLimit}.");
        }
    }
}
