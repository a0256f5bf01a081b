using System.Threading.RateLimiting;

namespace Kommo.Http;

/// <summary>
/// A limiter for one account in one process: evenly spaced permits, fewer than the 7 a second that Kommo allows (Kommo:
/// Limitations), first come, first served. It hears of 429 and of blocks, and stops for as long as they ask. Processes that
/// share an account need a limiter that they share as well.
/// </summary>
public sealed class AccountRateLimiter : RateLimiter, ILimitObserver
{
    private static readonly TimeSpan PauseWithoutWord = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PauseAfterBlock = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private readonly TimeSpan _longestWait;
    private DateTimeOffset _next;
    private long _granted;
    private long _refused;
    private int _pauses;

    /// <summary>Makes a limiter.</summary>
    /// <param name="interval">The time between two permits; null for 145 ms, a little more than a seventh of a second, since requests do not all take equally long to arrive.</param>
    /// <param name="longestWait">How long a caller waits at most before it is refused with the time to come back; null for one minute.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is negative.</exception>
    public AccountRateLimiter(TimeSpan? interval = null, TimeSpan? longestWait = null, TimeProvider? timeProvider = null)
    {
        _interval = interval ?? TimeSpan.FromMilliseconds(145);
        _longestWait = longestWait ?? TimeSpan.FromMinutes(1);
        ArgumentOutOfRangeException.ThrowIfLessThan(_interval, TimeSpan.Zero, nameof(interval));
        ArgumentOutOfRangeException.ThrowIfLessThan(_longestWait, TimeSpan.Zero, nameof(longestWait));
        _time = timeProvider ?? TimeProvider.System;
        _next = _time.GetUtcNow();
    }

    /// <inheritdoc />
    public override TimeSpan? IdleDuration
    {
        get
        {
            lock (_gate)
            {
                var idle = _time.GetUtcNow() - _next;
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
                CurrentAvailablePermits = _next <= _time.GetUtcNow() ? 1 : 0,
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
    protected override RateLimitLease AttemptAcquireCore(int permitCount) => Book(permitCount, TimeSpan.Zero).Lease;

    /// <inheritdoc />
    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (lease, wait, pauses) = Book(permitCount, _longestWait);
            if (!lease.IsAcquired || wait <= TimeSpan.Zero)
            {
                return lease;
            }

            await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
            if (pauses == Volatile.Read(ref _pauses))
            {
                return lease;
            }

            // A pause began meanwhile: who waited books anew behind it, so that its end is no rush.
        }
    }

    private (Lease Lease, TimeSpan Wait, int Pauses) Book(int permitCount, TimeSpan longestWait)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(permitCount, 1);
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            var at = _next > now ? _next : now;
            if (at - now > longestWait)
            {
                _refused++;
                return (new Lease(at - now), TimeSpan.Zero, _pauses);
            }

            _next = permitCount == 0 ? _next : at + _interval;
            _granted++;
            return (Lease.Granted, at - now, _pauses);
        }
    }

    private ValueTask Pause(TimeSpan time)
    {
        lock (_gate)
        {
            _pauses++;
            var until = _time.GetUtcNow() + time;
            _next = until > _next ? until : _next;
        }

        return ValueTask.CompletedTask;
    }

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
