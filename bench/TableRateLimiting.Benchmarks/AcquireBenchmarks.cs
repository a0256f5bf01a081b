using System.Threading.RateLimiting;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;

namespace TableRateLimiting.Benchmarks;

/// <summary>
/// What the limiter itself costs: storage is memory, and the waits take no time. The framework's limiter, which knows only its
/// own process, stands for the least that the same answers can cost.
/// </summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
[HideColumns("Error", "StdDev", "Median", "RatioSD")]
public class AcquireBenchmarks
{
    /// <summary>Above the limiter's own waits of a second, below its time-outs.</summary>
    private static readonly TimeSpan Farthest = TimeSpan.FromSeconds(1.5);

    private readonly LeapingTime _time = new();
    private readonly LeapingTime _still = new();
    private readonly List<Task<RateLimitLease>> _waiting = [];

    private SlidingWindowRateLimiter _open = null!;
    private SlidingWindowRateLimiter _inTurn = null!;
    private SlidingWindowRateLimiter _full = null!;
    private TableRateLimiter _shared = null!;
    private TableRateLimiter _sharedFull = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _open = NewFramework(int.MaxValue, queueLimit: 0, TimeSpan.FromHours(1));
        _inTurn = NewFramework(permits: 1, queueLimit: 1, TimeSpan.FromTicks(1));
        _full = NewFramework(permits: 7, queueLimit: 32, TimeSpan.FromHours(1));
        Fill(_full);
        _shared = LimiterInternals.NewLimiter(_time);
        _sharedFull = LimiterInternals.NewLimiter(_still);
        Fill(_sharedFull);
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _open.Dispose();
        _inTurn.Dispose();
        _full.Dispose();
        _shared.Dispose();
        _sharedFull.Dispose();
    }

    [Benchmark(Baseline = true, Description = "SlidingWindowRateLimiter.AcquireAsync")]
    [BenchmarkCategory("Granted")]
    public async ValueTask<bool> Framework_grants()
    {
        using var lease = await _open.AcquireAsync();
        return Is(lease, acquired: true);
    }

    /// <summary>Out of the queue, as every grant of a limiter that is shared has to come: the window is over at the next look.</summary>
    [Benchmark(Description = "SlidingWindowRateLimiter.AcquireAsync after waiting")]
    [BenchmarkCategory("Granted")]
    public async ValueTask<bool> Framework_grants_after_waiting()
    {
        var asked = _inTurn.AcquireAsync().AsTask();
        while (!asked.IsCompleted)
        {
            _inTurn.TryReplenish();
        }

        using var lease = await asked;
        return Is(lease, acquired: true);
    }

    /// <summary>A swap on the store, the wait until the booked instant, and the way back to the caller over the thread pool.</summary>
    [Benchmark(Description = "TableRateLimiter.AcquireAsync after a swap")]
    [BenchmarkCategory("Granted")]
    public bool Table_grants_after_a_swap()
    {
        var asked = _shared.AcquireAsync().AsTask();
        var spin = new SpinWait();
        while (!asked.IsCompleted)
        {
            if (!_time.Work() && !_time.Leap(Farthest))
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }
        }

        using var lease = asked.GetAwaiter().GetResult();
        return Is(lease, acquired: true);
    }

    [Benchmark(Baseline = true, Description = "SlidingWindowRateLimiter.AcquireAsync")]
    [BenchmarkCategory("Refused")]
    public ValueTask<bool> Framework_refuses() => Refuses(_full);

    [Benchmark(Description = "TableRateLimiter.AcquireAsync")]
    [BenchmarkCategory("Refused")]
    public ValueTask<bool> Table_refuses() => Refuses(_sharedFull);

    [Benchmark(Baseline = true, Description = "SlidingWindowRateLimiter.AttemptAcquire")]
    [BenchmarkCategory("Attempt refused")]
    public bool Framework_refuses_an_attempt()
    {
        using var lease = _full.AttemptAcquire();
        return Is(lease, acquired: false);
    }

    [Benchmark(Description = "TableRateLimiter.AttemptAcquire")]
    [BenchmarkCategory("Attempt refused")]
    public bool Table_refuses_an_attempt()
    {
        using var lease = _sharedFull.AttemptAcquire();
        return Is(lease, acquired: false);
    }

    private static SlidingWindowRateLimiter NewFramework(int permits, int queueLimit, TimeSpan window) => new(new SlidingWindowRateLimiterOptions
    {
        PermitLimit = permits,
        QueueLimit = queueLimit,
        Window = window,
        SegmentsPerWindow = 1,
        AutoReplenishment = false,
    });

    private static async ValueTask<bool> Refuses(RateLimiter limiter)
    {
        using var lease = await limiter.AcquireAsync();
        return Is(lease, acquired: false);
    }

    /// <summary>A benchmark that measures something else than it says must not give a figure.</summary>
    private static bool Is(RateLimitLease lease, bool acquired) => lease.IsAcquired == acquired
        ? acquired
        : throw new InvalidOperationException($"The lease should be {(acquired ? "granted" : "refused")}.");

    /// <summary>As many callers as the limiter lets wait, so that the next one is refused.</summary>
    private void Fill(RateLimiter limiter)
    {
        Task<RateLimitLease> asked;
        do
        {
            asked = limiter.AcquireAsync().AsTask();
            _waiting.Add(asked);
            _still.Work();
        }
        while (!(asked.IsCompleted && !asked.Result.IsAcquired));
    }
}
