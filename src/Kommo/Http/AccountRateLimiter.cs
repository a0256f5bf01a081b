using System.Threading.RateLimiting;

namespace Kommo.Http;

/// <summary>
/// A limiter for one account in one process: the 7 requests in any second that Kommo allows (Kommo: Limitations), first come, first served. What
/// counts is when requests arrive, so each waits until the seventh before it is a second and a margin ago. It hears of 429 and of blocks, and
/// stops for as long as they ask. Processes that share an account need a limiter that they share as well.
/// </summary>
public sealed class AccountRateLimiter : RateLimiter, ILimitObserver
{
    private const int RequestsPerWindow = 7;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseWithoutWord = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PauseAfterBlock = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _period;
    private readonly TimeSpan _longestWait;
    private readonly long _origin;
    private readonly Queue<TimeSpan> _latest = new(RequestsPerWindow);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private TimeSpan _pausedUntil;
    private int _waiting;
    private long _granted;
    private long _refused;

    /// <summary>Makes a limiter.</summary>
    /// <param name="margin">
    /// How much longer one request may take to arrive than another; null for 50 ms, which suits the Internet and leaves 6.6 requests a second.
    /// </param>
    /// <param name="longestWait">How long a caller waits at most before it is refused with the time to come back; null for one minute.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is negative.</exception>
    public AccountRateLimiter(TimeSpan? margin = null, TimeSpan? longestWait = null, TimeProvider? timeProvider = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(margin ?? TimeSpan.Zero, TimeSpan.Zero, nameof(margin));
        ArgumentOutOfRangeException.ThrowIfLessThan(longestWait ?? TimeSpan.Zero, TimeSpan.Zero, nameof(longestWait));
        _period = Window + (margin ?? TimeSpan.FromMilliseconds(50));
        _longestWait = longestWait ?? TimeSpan.FromMinutes(1);
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
                var idle = Now - (_latest.Count > 0 ? _latest.Last() + _period : TimeSpan.Zero);
                return _waiting == 0 && idle >= TimeSpan.Zero ? idle : null;
            }
        }
    }

    /// <inheritdoc />
    public override RateLimiterStatistics GetStatistics()
    {
        lock (_gate)
        {
            var now = Now;
            return new()
            {
                CurrentAvailablePermits = _waiting > 0 || _pausedUntil > now ? 0 : RequestsPerWindow - _latest.Count(at => at + _period > now),
                CurrentQueuedCount = _waiting,
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
        ArgumentOutOfRangeException.ThrowIfGreaterThan(permitCount, 1);
        lock (_gate)
        {
            var wait = ExpectedWait();
            return wait > TimeSpan.Zero ? Refuse(wait) : Grant(permitCount);
        }
    }

    /// <inheritdoc />
    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(permitCount, 1);
        lock (_gate)
        {
            var wait = ExpectedWait();
            if (wait > _longestWait)
            {
                return Refuse(wait);
            }

            _waiting++;
        }

        try
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await WaitInTurnAsync(permitCount, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            lock (_gate)
            {
                _waiting--;
            }
        }
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

    private async ValueTask<RateLimitLease> WaitInTurnAsync(int permitCount, CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan wait;
            lock (_gate)
            {
                wait = Wait(ahead: 0);
                if (wait <= TimeSpan.Zero)
                {
                    return Grant(permitCount);
                }

                if (wait > _longestWait)
                {
                    return Refuse(wait); // A pause began meanwhile.
                }
            }

            await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>How long who comes now has to wait, behind all who wait already.</summary>
    private TimeSpan ExpectedWait() => Wait(_waiting);

    private TimeSpan Wait(int ahead)
    {
        // Who waits now takes the permits of the oldest, and in a window to come each takes that of the seventh before.
        var free = RequestsPerWindow - _latest.Count;
        var (windows, place) = Math.DivRem(Math.Max(0, ahead - free), RequestsPerWindow);
        var until = ahead < free ? TimeSpan.Zero : _latest.ElementAtOrDefault(place) + _period + (windows * _period);
        return (until > _pausedUntil ? until : _pausedUntil) - Now;
    }

    private Lease Grant(int permitCount)
    {
        _granted++;
        if (permitCount > 0)
        {
            if (_latest.Count == RequestsPerWindow)
            {
                _latest.Dequeue();
            }

            _latest.Enqueue(Now);
        }

        return Lease.Granted;
    }

    private Lease Refuse(TimeSpan retryAfter)
    {
        _refused++;
        return new Lease(retryAfter);
    }

    private ValueTask Pause(TimeSpan time)
    {
        lock (_gate)
        {
            var until = Now + time;
            _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Has nothing to give back: a permit is used up when it is granted.</summary>
    private sealed class Lease(TimeSpan? retryAfter) : RateLimitLease
    {
        public static Lease Granted { get; } = new(null);

        public override bool IsAcquired => retryAfter is null;

        public override IEnumerable<string> MetadataNames => IsAcquired ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? retryAfter : null;
            return metadata is not null;
        }
    }
}
