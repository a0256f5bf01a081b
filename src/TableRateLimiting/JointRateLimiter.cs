using System.Threading.RateLimiting;
using TableRateLimiting.Machine;

namespace TableRateLimiting;

/// <summary>
/// Permits of several limiters at once: one use that counts in more than one scope (an account and an outbound IP address, say). The permits are
/// booked for one instant that suits all; where one limiter refuses, what the others had booked goes back. Nobody holds a permit while waiting for
/// another one, so two such limiters over the same scopes in another order do not block each other.
/// </summary>
/// <remarks>It does not own the limiters: dispose them yourself.</remarks>
public sealed class JointRateLimiter : RateLimiter, IPrioritizedRateLimiter
{
    private readonly TableRateLimiter[] _limiters;
    private long _granted;
    private long _refused;
    private long _waiting;

    /// <summary>Joins limiters.</summary>
    /// <param name="limiters">Two or more, all with the same <see cref="TimeProvider"/>.</param>
    /// <exception cref="ArgumentException">Fewer than two, one of them twice, or with different time providers.</exception>
    public JointRateLimiter(params IReadOnlyCollection<TableRateLimiter> limiters)
    {
        ArgumentNullException.ThrowIfNull(limiters);
        _limiters = [.. limiters];
        if (_limiters.Length < 2 || _limiters.Distinct().Count() < _limiters.Length)
        {
            throw new ArgumentException("Give two or more different limiters.", nameof(limiters));
        }

        if (_limiters.Any(limiter => limiter.Time != _limiters[0].Time))
        {
            throw new ArgumentException("The limiters must have the same time provider.", nameof(limiters));
        }

        Background = new BackgroundRateLimiter(this);
    }

    /// <summary>The same for callers that are in no hurry: see <see cref="TableRateLimiter.Background"/>.</summary>
    public RateLimiter Background { get; }

    /// <summary>The shortest of the limiters', or null while one of them is in use.</summary>
    public override TimeSpan? IdleDuration => _limiters.Any(limiter => limiter.IdleDuration is null) ? null : _limiters.Min(limiter => limiter.IdleDuration);

    /// <summary>What this limiter granted and refused; available is what the scarcest of the limiters has.</summary>
    public override RateLimiterStatistics? GetStatistics() => new()
    {
        CurrentAvailablePermits = _limiters.Min(limiter => limiter.GetStatistics()!.CurrentAvailablePermits),
        CurrentQueuedCount = Interlocked.Read(ref _waiting),
        TotalSuccessfulLeases = Interlocked.Read(ref _granted),
        TotalFailedLeases = Interlocked.Read(ref _refused),
    };

    RateLimitLease IPrioritizedRateLimiter.Attempt(PermitRequest request) => Attempt(request);

    ValueTask<RateLimitLease> IPrioritizedRateLimiter.AcquireAsync(PermitRequest request, CancellationToken cancellationToken) => AcquireAsync(request, cancellationToken);

    /// <summary>Never grants, since a permit has to be booked: tells when one can be expected. Zero permits: whether one could be booked in each scope.</summary>
    protected override RateLimitLease AttemptAcquireCore(int permitCount) => Attempt(new PermitRequest(permitCount));

    /// <inheritdoc/>
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        AcquireAsync(new PermitRequest(permitCount), cancellationToken);

    private TableRateLimitLease Attempt(PermitRequest request)
    {
        ThrowIfTooMany(request.Permits);
        return request.Permits == 0 && _limiters.All(limiter => limiter.GetStatistics()!.CurrentAvailablePermits > 0)
            ? TableRateLimitLease.Granted
            : new TableRateLimitLease(false, _limiters.Max(limiter => limiter.Expect(request)));
    }

    private async ValueTask<RateLimitLease> AcquireAsync(PermitRequest request, CancellationToken cancellationToken)
    {
        ThrowIfTooMany(request.Permits);
        Interlocked.Add(ref _waiting, request.Permits);
        try
        {
            var refused = await TryAsync(request, cancellationToken);
            Interlocked.Increment(ref refused is null ? ref _granted : ref _refused);
            return refused ?? TableRateLimitLease.Granted;
        }
        finally
        {
            Interlocked.Add(ref _waiting, -request.Permits);
        }
    }

    private async Task<TableRateLimitLease?> TryAsync(PermitRequest request, CancellationToken cancellationToken)
    {
        var parts = Array.ConvertAll(_limiters, limiter => new Part(limiter, limiter.Ahead(_limiters[0]), request));
        var began = _limiters[0].Elapsed;
        var time = _limiters[0].Time;
        try
        {
            while (true)
            {
                if (await MeetAsync(parts, cancellationToken) is not { } instant)
                {
                    var retryAfter = parts.Max(part => part.Reserved?.RetryAfter);
                    return new TableRateLimitLease(false, retryAfter);
                }

                // A timer may fire a little early.
                while (instant - _limiters[0].Elapsed is > 0 and var wait)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait / (double)TimeSpan.TicksPerMillisecond)), time, cancellationToken);
                }

                if (parts.All(part => part.Redeem()))
                {
                    foreach (var part in parts)
                    {
                        part.Use(TimeSpan.FromTicks(_limiters[0].Elapsed - began));
                    }

                    return null;
                }

                foreach (var part in parts)
                {
                    part.Return();
                }
            }
        }
        finally
        {
            foreach (var part in parts)
            {
                part.Return();
            }
        }
    }

    /// <summary>Books in all scopes, and again where the instant does not suit the latest one, until one instant suits all.</summary>
    /// <returns>The instant on the first limiter's scale, or null: one of them refused.</returns>
    private static async Task<long?> MeetAsync(Part[] parts, CancellationToken cancellationToken)
    {
        // An instant that is past when its swap returns suits nobody: each round aims behind the swaps it takes.
        for (var aim = long.MinValue; ;)
        {
            var unsuited = Array.FindAll(parts, part => !part.Suits(aim));
            if (unsuited.Length == 0)
            {
                return aim;
            }

            aim = Math.Max(aim, unsuited.Max(part => part.Soonest));
            var booked = await Task.WhenAll(unsuited.Select(part => part.ReserveAsync(aim, cancellationToken)));
            if (!Array.TrueForAll(booked, one => one))
            {
                return null;
            }

            aim = parts.Max(part => part.Instant);
        }
    }

    private void ThrowIfTooMany(int permitCount)
    {
        var most = _limiters.Min(limiter => limiter.PermitLimit);
        if (permitCount > most)
        {
            throw new ArgumentOutOfRangeException(nameof(permitCount), permitCount, $"{permitCount} permits can never be had at once; the lowest limit is {most}.");
        }
    }

    /// <summary>One scope's part of a joint permit.</summary>
    /// <param name="limiter">The scope's limiter.</param>
    /// <param name="ahead">By how much its scale of time is ahead of the first limiter's.</param>
    /// <param name="request">What is wanted.</param>
    private sealed class Part(TableRateLimiter limiter, long ahead, PermitRequest request)
    {
        private readonly long _deadline = limiter.Elapsed + limiter.MaxWaitFor(request.Background);

        public PermitOutcome? Reserved { get; private set; }

        /// <summary>On the first limiter's scale.</summary>
        public long Instant => Reserved!.Value.Slot.Instant - ahead;

        /// <summary>Half of the tolerance is left for a late wake.</summary>
        public bool Suits(long instant) => Reserved is { Granted: true, Slot: var slot }
            && instant >= Instant && instant + ahead <= slot.Instant + ((slot.UsableUntil - slot.Instant) / 2);

        /// <summary>The first instant that a booking begun now can have.</summary>
        public long Soonest => limiter.Soonest - ahead;

        public async Task<bool> ReserveAsync(long notBefore, CancellationToken cancellationToken)
        {
            Return();
            Reserved = await limiter.ReserveAsync(request with { NotBefore = notBefore + ahead, Deadline = _deadline }, cancellationToken);
            return Reserved.Value.Granted;
        }

        public bool Redeem() => limiter.Redeem(Reserved!.Value);

        public void Use(TimeSpan wait)
        {
            Reserved = null;
            limiter.Count(request.Permits, wait);
        }

        public void Return()
        {
            if (Reserved is { Granted: true } reserved)
            {
                Reserved = null;
                limiter.Return(reserved);
            }
        }
    }
}
