using TableRateLimiting.Internal;
using TableRateLimiting.Tests.Simulation;

namespace TableRateLimiting.Tests.Machine;

/// <summary>
/// Several machines, one record, one receiver. Inputs come in whatever order the seed decides: there is no thread, no task and no clock in it.
/// </summary>
internal sealed class MachineWorld(int seed, Settings settings)
{
    private readonly PriorityQueue<Action, (long At, long Order)> _events = new();
    private readonly List<MachineProcess> _processes = [];
    private long _order;
    private int _version;

    public Random Random { get; } = new(seed);

    public Settings Settings => settings;

    /// <summary>True time, which is the service's too.</summary>
    public long Now { get; private set; } = World.Start.UtcTicks;

    public GrantRecord Record { get; private set; } = GrantRecord.Empty;

    public Receiver Receiver { get; } = new();

    /// <summary>The most permits of each grant that the record ever held.</summary>
    public Dictionary<Grant, int> Recorded { get; } = [];

    /// <summary>How many permits of each grant were used.</summary>
    public Dictionary<Grant, int> Used { get; } = [];

    public IReadOnlyList<MachineProcess> Processes => _processes;

    /// <summary>How often a request or its answer is lost or late.</summary>
    public double Faults { get; init; }

    public long MaxTrip { get; init; } = 20 * TimeSpan.TicksPerMillisecond;

    /// <summary>How late timers fire and callers wake.</summary>
    public long MaxLateness { get; init; } = 3 * TimeSpan.TicksPerMillisecond;

    /// <summary>By how much each timer is late in any case, as on a system whose timers count coarsely.</summary>
    public long TimerDelay { get; init; }

    public MachineProcess Add(long clockError = 0)
    {
        var process = new MachineProcess(this, clockError);
        _processes.Add(process);
        return process;
    }

    public void At(long instant, Action action) => _events.Enqueue(action, (Math.Max(instant, Now), _order++));

    public void In(long ticks, Action action) => At(Now + ticks, action);

    public long Between(long min, long max) => min + (long)(Random.NextDouble() * (max - min));

    public void Run(TimeSpan time)
    {
        var end = Now + time.Ticks;
        while (_events.TryPeek(out var action, out var due) && due.At <= end)
        {
            _events.Dequeue();
            Now = due.At;
            action();
        }

        Now = end;
    }

    public StoredRecord Read() => new(Record, _version == 0 ? null : $"{_version}");

    public StoredRecord? Write(GrantRecord record, string? version)
    {
        if (version != Read().Version)
        {
            return null;
        }

        Record = record;
        _version++;
        foreach (var (grant, count) in record.Grants.CountBy(grant => grant))
        {
            Recorded[grant] = Math.Max(count, Recorded.GetValueOrDefault(grant));
        }

        return Read();
    }

    public void Use(Grant grant, int permits, long travel)
    {
        Used[grant] = Used.GetValueOrDefault(grant) + permits;
        Receiver.Arrive(Now + travel, permits);
    }
}
