using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging.Abstractions;
using TableRateLimiting.Internal;

namespace TableRateLimiting.Tests.Simulation;

/// <summary>Several processes with one limiter each, callers that ask at random, and one receiver.</summary>
internal sealed class Scenario
{
    private readonly World _world;
    private readonly Settings _settings;
    private readonly List<(TableRateLimiter Limiter, ProcessTime Time, SimulatedClient Client)> _processes = [];

    private readonly Dictionary<TableRateLimiter, ProcessTime> _times = [];

    /// <summary>What the network of the simulated world needs.</summary>
    public static TableRateLimiterOptions Options => new() { ArrivalJitter = TimeSpan.FromMilliseconds(25), MaxWait = TimeSpan.FromSeconds(5) };

    public static Settings Defaults => Settings.From(Options);

    public Scenario(int seed, Settings? settings = null)
    {
        _world = new World(seed);
        _settings = settings ?? Defaults;
        Storage = new SimulatedStorage(_world);
    }

    public World World => _world;

    public SimulatedStorage Storage { get; }

    public Receiver Receiver { get; } = new();

    public int Granted { get; private set; }

    public int Refused { get; private set; }

    public int Requests => _processes.Sum(process => process.Client.Requests);

    /// <summary>How much later a request may arrive than another that left with it: what the margin leaves for the network.</summary>
    public long Jitter { get; init; } = 24 * TimeSpan.TicksPerMillisecond;

    /// <summary>How late timers fire, and callers wake.</summary>
    public long Lateness { get; init; } = 2 * TimeSpan.TicksPerMillisecond;

    public IMeterFactory? Meters { get; init; }

    /// <summary>How often a timer is much later, up to 300 ms.</summary>
    public double Stalls { get; init; }

    public IReadOnlyList<TableRateLimiter> Limiters => [.. _processes.Select(process => process.Limiter)];

    public TableRateLimiter AddProcess(Link link, TimeSpan wallError = default, double drift = 0)
    {
        var time = new ProcessTime(_world, wallError.Ticks, drift, Late);
        var client = new SimulatedClient(_world, time, Storage, link);
        var limiter = new TableRateLimiter(
            client, "scope", _settings, new StorageClock(time), time, new Random(_world.Random.Next()), NullLogger.Instance, Meters, work => _world.Begin(work));
        _processes.Add((limiter, time, client));
        _times.Add(limiter, time);
        return limiter;
    }

    public void Freeze(int process, TimeSpan at, TimeSpan duration) => _world.At(at.Ticks, () => _processes[process].Time.Freeze(duration));

    public void Pause(TableRateLimiter limiter, TimeSpan at, TimeSpan duration) => _world.At(at.Ticks, () => _world.Begin(async () =>
    {
        try
        {
            await limiter.PauseAsync(duration);
        }
        catch (Exception ended) when (ended is ObjectDisposedException or OperationCanceledException)
        {
            // Its process has crashed.
        }
    }));

    public void Crash(int process, TimeSpan at) => _world.At(at.Ticks, _processes[process].Limiter.Dispose);

    /// <summary>Lets callers come to a process, about <paramref name="perSecond"/> a second; some want several permits, some give up.</summary>
    public void Ask(TableRateLimiter limiter, TimeSpan until, double perSecond, double giveUp = 0, int mostPermits = 1, TimeSpan from = default, bool background = false)
    {
        for (var at = perSecond > 0 ? from.Ticks : long.MaxValue; at < until.Ticks; at += (long)(-Math.Log(1 - _world.Random.NextDouble()) / perSecond * TimeSpan.TicksPerSecond))
        {
            var permits = _world.Random.Next(1, mostPermits + 1);
            var patience = _world.Random.NextDouble() < giveUp ? _world.Between(0, 2 * TimeSpan.TicksPerSecond) : (long?)null;
            _world.At(at, () => _world.Begin(() => CallAsync(limiter, background ? limiter.Background : limiter, permits, patience)));
        }
    }

    /// <summary>Lets some callers of a process use one permit after the other.</summary>
    /// <param name="limiter">The process's limiter.</param>
    /// <param name="callers">How many callers.</param>
    /// <param name="call">How long each use takes.</param>
    /// <param name="background">Whether they are in no hurry.</param>
    /// <param name="withinFirst">They begin at random within this time, a tenth of a second by default.</param>
    public Loop Use(TableRateLimiter limiter, int callers, TimeSpan call, bool background = false, TimeSpan? withinFirst = null)
    {
        var loop = new Loop();
        for (var i = 0; i < callers; i++)
        {
            _world.Begin(() => LoopAsync(limiter, background ? limiter.Background : limiter, call, loop, withinFirst ?? TimeSpan.FromSeconds(0.1)));
        }

        return loop;
    }

    private async Task LoopAsync(TableRateLimiter limiter, RateLimiter door, TimeSpan call, Loop loop, TimeSpan withinFirst)
    {
        await _world.Delay(_world.Between(0, withinFirst.Ticks));
        try
        {
            while (true)
            {
                await _world.Delay(_times[limiter].Awake - _world.Now);
                var asked = _world.Now;
                using var lease = await door.AcquireAsync(1);
                if (lease.IsAcquired)
                {
                    loop.Got(_world.Now, _world.Now - asked);
                    Receiver.Arrive(_world.Now + _world.Between(0, Jitter), 1);
                    await _world.Delay((long)(call.Ticks * (0.5 + _world.Random.NextDouble())));
                }
                else
                {
                    loop.Refused++;
                    lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter);
                    await _world.Delay(retryAfter.Ticks + TimeSpan.TicksPerMillisecond);
                }
            }
        }
        catch (ObjectDisposedException)
        {
            // Its process has crashed.
        }
    }

    private async Task CallAsync(TableRateLimiter limiter, RateLimiter door, int permits, long? patience)
    {
        await _world.Delay(_times[limiter].Awake - _world.Now);
        using var cancellation = new CancellationTokenSource();
        if (patience is { } ticks)
        {
            _world.At(_world.Now + ticks, () => Cancel(cancellation));
        }

        try
        {
            using var lease = await door.AcquireAsync(permits, cancellation.Token);
            if (lease.IsAcquired)
            {
                Granted += permits;
                Receiver.Arrive(_world.Now + _world.Between(0, Jitter), permits);
            }
            else
            {
                Refused += permits;
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // This caller gave up.
        }
        catch (ObjectDisposedException)
        {
            // Its process has crashed.
        }
    }

    private static void Cancel(CancellationTokenSource cancellation)
    {
        try
        {
            cancellation.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The call was over before the caller lost patience.
        }
    }

    private long Late() => _world.Random.NextDouble() < Stalls
        ? _world.Between(0, 300 * TimeSpan.TicksPerMillisecond)
        : _world.Between(0, Lateness);

    /// <summary>What some callers of one process got.</summary>
    internal sealed class Loop
    {
        private readonly List<long> _instants = [];

        public int Refused { get; set; }

        public long LongestWait { get; private set; }

        public void Got(long instant, long wait)
        {
            _instants.Add(instant);
            LongestWait = Math.Max(LongestWait, wait);
        }

        public int Between(TimeSpan from, TimeSpan until) => _instants.Count(instant => instant >= from.Ticks && instant < until.Ticks);
    }
}
