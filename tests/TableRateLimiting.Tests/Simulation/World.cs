using System.Collections.Concurrent;

namespace TableRateLimiting.Tests.Simulation;

/// <summary>
/// One thread, one true time, no chance but the seed: every continuation and every timer of the limiters under test runs here, in order.
/// </summary>
internal sealed class World(int seed) : SynchronizationContext
{
    public static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly ConcurrentQueue<(SendOrPostCallback Call, object? State)> _ready = new();
    private readonly PriorityQueue<Action, (long At, long Order)> _later = new();
    private readonly List<Task> _tasks = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _order;
    private bool _foreign;

    public Random Random { get; } = new(seed);

    /// <summary>True time in ticks since the start.</summary>
    public long Now { get; private set; }

    public long UtcNow => Start.UtcTicks + Now;

    public override void Post(SendOrPostCallback d, object? state)
    {
        _foreign |= _thread != Environment.CurrentManagedThreadId;
        _ready.Enqueue((d, state));
    }

    public void At(long instant, Action call) => _later.Enqueue(call, (Math.Max(instant, Now), _order++));

    /// <summary>Starts work in this world and remembers it, so that its failure fails the test.</summary>
    public void Begin(Func<Task> work) => Post(_ => _tasks.Add(work()), null);

    public void Run(TimeSpan until)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            while (true)
            {
                while (_ready.TryDequeue(out var ready))
                {
                    ready.Call(ready.State);
                }

                if (!_later.TryPeek(out var call, out var due) || due.At > until.Ticks)
                {
                    break;
                }

                _later.Dequeue();
                Now = due.At;
                call();
            }

            Now = until.Ticks;
        }
        finally
        {
            SetSynchronizationContext(before);
        }

        Assert.False(_foreign, "Something ran outside the simulated world, in an order that no seed decides.");
        foreach (var failed in _tasks.Where(task => task.IsFaulted))
        {
            failed.GetAwaiter().GetResult();
        }
    }

    public Task Delay(long ticks)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        At(Now + ticks, done.SetResult);
        return done.Task;
    }

    public long Between(long least, long most) => least + (long)(Random.NextDouble() * (most - least));
}
