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

    public Scenario(int seed, Settings? settings = null)
    {
        _world = new World(seed);
        _settings = settings ?? Settings.From(new TableRateLimiterOptions());
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

    /// <summary>How often a timer is much later, up to 300 ms.</summary>
    public double Stalls { get; init; }

    public IReadOnlyList<TableRateLimiter> Limiters => [.. _processes.Select(process => process.Limiter)];

    public TableRateLimiter AddProcess(Link link, TimeSpan wallError = default, double drift = 0)
    {
        var time = new ProcessTime(_world, wallError.Ticks, drift, Late);
        var client = new SimulatedClient(_world, time, Storage, link);
        var limiter = new TableRateLimiter(
            client, "scope", _settings, time, new Random(_world.Random.Next()), NullLogger.Instance, null, work => _world.Begin(work));
        _processes.Add((limiter, time, client));
        _times.Add(limiter, time);
        return limiter;
    }

    public void Freeze(int process, TimeSpan at, TimeSpan duration) => _world.At(at.Ticks, () => _processes[process].Time.Freeze(duration));

    public void Crash(int process, TimeSpan at) => _world.At(at.Ticks, _processes[process].Limiter.Dispose);

    /// <summary>Lets callers come to a process, about <paramref name="perSecond"/> a second; some want several permits, some give up.</summary>
    public void Ask(TableRateLimiter limiter, TimeSpan until, double perSecond, double giveUp = 0, int mostPermits = 1, TimeSpan from = default)
    {
        for (var at = from.Ticks; at < until.Ticks; at += (long)(-Math.Log(1 - _world.Random.NextDouble()) / perSecond * TimeSpan.TicksPerSecond))
        {
            var permits = _world.Random.Next(1, mostPermits + 1);
            var patience = _world.Random.NextDouble() < giveUp ? _world.Between(0, 2 * TimeSpan.TicksPerSecond) : (long?)null;
            _world.At(at, () => _world.Begin(() => CallAsync(limiter, permits, patience)));
        }
    }

    private async Task CallAsync(TableRateLimiter limiter, int permits, long? patience)
    {
        await _world.Delay(_times[limiter].Awake - _world.Now);
        using var cancellation = new CancellationTokenSource();
        if (patience is { } ticks)
        {
            _world.At(_world.Now + ticks, () => Cancel(cancellation));
        }

        try
        {
            using var lease = await limiter.AcquireAsync(permits, cancellation.Token);
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
}
