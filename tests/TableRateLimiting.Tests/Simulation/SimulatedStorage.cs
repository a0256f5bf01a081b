using TableRateLimiting.Internal;

namespace TableRateLimiting.Tests.Simulation;

/// <summary>The one record that all simulated processes share, and what it went through.</summary>
internal sealed class SimulatedStorage(World world)
{
    private int _version;

    public GrantRecord Record { get; private set; } = GrantRecord.Empty;

    public string? Version => _version == 0 ? null : _version.ToString("x4", null);

    public bool Down { get; set; }

    public int Writes { get; private set; }

    public ServiceStamp Stamp => new(world.UtcNow - TimeSpan.TicksPerMillisecond, world.UtcNow + TimeSpan.TicksPerMillisecond);

    public string? TryWrite(GrantRecord record, string? version)
    {
        if (version != Version)
        {
            return null;
        }

        Record = record;
        _version++;
        Writes++;
        return Version;
    }
}

/// <summary>How one process reaches the record: how long each way takes, and how often something is lost.</summary>
internal sealed record Link(long LeastTrip, long MostTrip, double Faults);

/// <summary>One process's way to the record. A request is not called back when its sender stops waiting.</summary>
internal sealed class SimulatedClient(World world, ProcessTime time, SimulatedStorage storage, Link link) : IGrantStore
{
    public int Requests { get; private set; }

    public Task<Answer<StoredRecord>> ReadAsync(CancellationToken cancellationToken) =>
        SendAsync(() => new StoredRecord(storage.Record, storage.Version), (_, _) => { }, cancellationToken);

    public Task<Answer<bool>> ProbeAsync(CancellationToken cancellationToken) => SendAsync(() => true, (_, _) => { }, cancellationToken);

    public Task<Answer<string?>> TryWriteAsync(GrantRecord record, string? version, CancellationToken cancellationToken) =>
        SendAsync(() => storage.TryWrite(record, version), (fault, answer) => answer.Value = fault == Fault.RepeatedByTheClient ? null : answer.Value, cancellationToken);

    private async Task<Answer<T>> SendAsync<T>(Func<T> serve, Action<Fault, Box<T>> spoil, CancellationToken cancellationToken)
    {
        Requests++;
        var fault = world.Random.NextDouble() < link.Faults ? (Fault)world.Random.Next(1, 5) : Fault.None;
        var trip = ServeAsync(serve, fault);
        var (value, stamp) = await trip.WaitAsync(cancellationToken);
        var box = new Box<T> { Value = value };
        spoil(fault, box);
        return new Answer<T>(box.Value, stamp, Exact: true);
    }

    private async Task<(T Value, ServiceStamp Stamp)> ServeAsync<T>(Func<T> serve, Fault fault)
    {
        await world.Delay(Trip());
        if (fault == Fault.RequestLate)
        {
            await world.Delay(world.Between(0, 3 * TimeSpan.TicksPerSecond));
        }

        if (storage.Down || fault == Fault.RequestLost)
        {
            throw new IOException("The request was lost.");
        }

        var served = (serve(), storage.Stamp);
        await world.Delay(Trip());
        await world.Delay(time.Awake - world.Now);
        return fault == Fault.AnswerLost ? throw new IOException("The answer was lost.") : served;
    }

    private long Trip() => world.Between(link.LeastTrip, link.MostTrip);

    private enum Fault
    {
        None,
        RequestLost,
        RequestLate,
        AnswerLost,
        RepeatedByTheClient,
    }

    private sealed class Box<T>
    {
        public required T Value { get; set; }
    }
}
