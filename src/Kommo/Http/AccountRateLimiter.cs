using System.Threading.RateLimiting;

namespace Kommo.Http;

/// <summary>
/// A limiter for one account in one process: evenly spaced permits, fewer than the 7 a second that Kommo allows (Kommo:
/// Limitations), first come, first served. What counts is when requests arrive: one that took longer than others, as the first on a
/// new connection does, may have arrived late, and the seventh after it is held back by as much. It hears of 429 and of blocks, and
/// stops for as long as they ask. Processes that share an account need a limiter that they share as well.
/// </summary>
/// <remarks>A lease is to be disposed when the request's answer has begun to arrive.</remarks>
public sealed class AccountRateLimiter : RateLimiter, ILimitObserver
{
    private const int RequestsPerWindow = 7;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseWithoutWord = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PauseAfterBlock = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private readonly TimeSpan _longestWait;
    private readonly long _origin;
    private readonly Queue<Lease> _recent = new(RequestsPerWindow);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private TimeSpan _next;
    private long _granted;
    private long _refused;
    private int _pauses;

    /// <summary>Makes a limiter.</summary>
    /// <param name="interval">The time between two permits; null for 150 ms: more than a seventh of a second, since requests do not all take equally long to arrive.</param>
    /// <param name="longestWait">How long a caller waits at most before it is refused with the time to come back; null for one minute.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is negative.</exception>
    public AccountRateLimiter(TimeSpan? interval = null, TimeSpan? longestWait = null, TimeProvider? timeProvider = null)
    {
        _interval = interval ?? TimeSpan.FromMilliseconds(150);
        _longestWait = longestWait ?? TimeSpan.FromMinutes(1);
        ArgumentOutOfRangeException.ThrowIfLessThan(_interval, TimeSpan.Zero, nameof(interval));
        ArgumentOutOfRangeException.ThrowIfLessThan(_longestWait, TimeSpan.Zero, nameof(longestWait));
        _time = timeProvider ?? TimeProvider.System;
        _origin = _time.GetTimestamp();
    }

    /// <summary>Since the limiter was made: unlike the clock it never jumps.</summary>
    private TimeSpan Now => _time.GetElapsedTime(_origin);

    /// <inheritdoc />
    public override TimeSpan? IdleDuration
    {
        get
        {
            lock (_gate)
            {
                var idle = Now - _next;
                return idle > TimeSpan.Zero ? idle : null;
            }
        }
    }

    /// <inheritdoc />
    public override RateLimiterStatistics GetStatistics()
    {
        lock (_gate)
        {
            return new()
            {
                CurrentAvailablePermits = _next <= Now ? 1 : 0,
                TotalSuccessfulLeases = _granted,
                TotalFailedLeases = _refused,
            };
        }
    }

    /// <inheritdoc />
    public ValueTask RateLimitedAsync(TimeSpan? retryAfter, CancellationToken cancellationToken) => Pause(retryAfter ?? PauseWithoutWord);

    /// <inheritdoc />
    public ValueTask BlockedAsync(CancellationToken cancellationToken) => Pause(PauseAfterBlock);

    /// <inheritdoc />
    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_gate)
        {
            if (permitCount > 0 && HeldBackFor(Now) is { } wait)
            {
                _refused++;
                return Lease.Refused(wait.Time ?? _interval);
            }

            var lease = Book(permitCount, TimeSpan.Zero).Lease;
            return lease.IsAcquired && permitCount > 0 ? Use(lease) : lease;
        }
    }

    /// <inheritdoc />
    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (lease, wait, pauses) = Book(permitCount, _longestWait);
            if (!lease.IsAcquired || permitCount == 0)
            {
                return lease;
            }

            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
            }

            if (await TryUseAsync(lease, pauses, cancellationToken).ConfigureAwait(false))
            {
                return lease;
            }

            // A pause began meanwhile: who waited books anew behind it, so that its end is no rush.
        }
    }

    /// <summary>
    /// Waits, one after the other, until the request before the last six cannot have arrived within the same second. False when a pause began
    /// after <paramref name="pauses"/>.
    /// </summary>
    private async ValueTask<bool> TryUseAsync(Lease lease, int pauses, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (true)
            {
                (TimeSpan? Time, Task Ended)? hold;
                lock (_gate)
                {
                    if (_pauses != pauses)
                    {
                        return false;
                    }

                    hold = HeldBackFor(Now);
                    if (hold is null)
                    {
                        Use(lease);
                        return true;
                    }
                }

                await (hold.Value.Time is { } time ? Task.Delay(time, _time, cancellationToken) : hold.Value.Ended.WaitAsync(cancellationToken))
                    .ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>What the next request has to wait for; null for nothing.</summary>
    private (TimeSpan? Time, Task Ended)? HeldBackFor(TimeSpan now)
    {
        if (_recent.Count < RequestsPerWindow)
        {
            return null;
        }

        var first = _recent.Peek();
        var trip = (first.EndedAt ?? now) - first.GrantedAt;
        var shortest = _recent.Min(lease => lease.EndedAt - lease.GrantedAt) ?? TimeSpan.Zero;
        var late = trip > shortest ? trip - shortest : TimeSpan.Zero;
        if (first.EndedAt is null && late > Window / 2)
        {
            // Nobody knows when it arrives, or has: it has to end first.
            return (null, first.Ended);
        }

        var wait = first.GrantedAt + Window + (first.EndedAt is null ? TimeSpan.Zero : late) - now;
        return wait > TimeSpan.Zero ? (wait, Task.CompletedTask) : null;
    }

    private Lease Use(Lease lease)
    {
        lease.GrantedAt = Now;
        _recent.Enqueue(lease);
        while (_recent.Count > RequestsPerWindow)
        {
            _recent.Dequeue();
        }

        return lease;
    }

    private void End(Lease lease)
    {
        lock (_gate)
        {
            lease.EndedAt ??= Now;
        }
    }

    private (Lease Lease, TimeSpan Wait, int Pauses) Book(int permitCount, TimeSpan longestWait)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(permitCount, 1);
        lock (_gate)
        {
            var now = Now;
            var at = _next > now ? _next : now;
            if (at - now > longestWait)
            {
                _refused++;
                return (Lease.Refused(at - now), TimeSpan.Zero, _pauses);
            }

            _next = permitCount == 0 ? _next : at + _interval;
            _granted++;
            return (new Lease(permitCount == 0 ? null : this, null), at - now, _pauses);
        }
    }

    private ValueTask Pause(TimeSpan time)
    {
        lock (_gate)
        {
            _pauses++;
            var until = Now + time;
            _next = until > _next ? until : _next;
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _turn.Dispose();
        }

        base.Dispose(disposing);
    }

    private sealed class Lease(AccountRateLimiter? owner, TimeSpan? retryAfter) : RateLimitLease
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TimeSpan GrantedAt { get; set; }

        /// <summary>Null while the request is under way.</summary>
        public TimeSpan? EndedAt { get; set; }

        public Task Ended => _ended.Task;

        public override bool IsAcquired => retryAfter is null;

        public override IEnumerable<string> MetadataNames => IsAcquired ? [] : [MetadataName.RetryAfter.Name];

        public static Lease Refused(TimeSpan retryAfter) => new(null, retryAfter);

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? retryAfter : null;
            return metadata is not null;
        }

        protected override void Dispose(bool disposing)
        {
            owner?.End(this);
            _ended.TrySetResult();
            base.Dispose(disposing);
        }
    }
}
