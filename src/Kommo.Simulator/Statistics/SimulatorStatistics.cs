namespace Kommo.Simulator;

/// <summary>What the simulator saw since it started or since its statistics were reset.</summary>
public sealed record SimulatorStatistics
{
    /// <summary>Requests to the API and the token endpoint, refused ones included.</summary>
    public long Requests { get; init; }

    /// <summary>The same by method and route, as <c>GET /api/v4/leads/{id}</c>.</summary>
    public IReadOnlyDictionary<string, long> RequestsByRoute { get; init; } = new Dictionary<string, long>();

    /// <summary>Answers 429 of the limit.</summary>
    public long Refused { get; init; }

    /// <summary>Answers 403 of the block.</summary>
    public long Blocked { get; init; }

    /// <summary>Requests that a fault on demand answered, delayed or cut.</summary>
    public long Faulted { get; init; }

    /// <summary>Requests to the token endpoint.</summary>
    public long TokenRequests { get; init; }

    /// <summary>The largest number of arrivals, refused ones included, in any half-open window of one second. Exact.</summary>
    public int BusiestWindow { get; init; }

    /// <summary>The hooks.</summary>
    public HookStatistics Hooks { get; init; } = new();

    /// <summary>Leads outside the bin.</summary>
    public int Leads { get; init; }

    /// <summary>Contacts outside the bin.</summary>
    public int Contacts { get; init; }

    /// <summary>Companies outside the bin.</summary>
    public int Companies { get; init; }

    /// <summary>Customers outside the bin.</summary>
    public int Customers { get; init; }

    /// <summary>Entries of the event log.</summary>
    public int Events { get; init; }

    /// <summary>Tasks.</summary>
    public int Tasks { get; init; }

    /// <summary>Notes.</summary>
    public int Notes { get; init; }
}

/// <summary>What became of the hooks. Extra copies are counted apart, in <see cref="ExtraDeliveries"/> alone.</summary>
public sealed record HookStatistics
{
    /// <summary>Changes of the account, whether anybody subscribed to them or not.</summary>
    public long Changes { get; init; }

    /// <summary>Hooks to send: a change counts once for every subscription that asked for it.</summary>
    public long Queued { get; init; }

    /// <summary>Hooks sent at least once.</summary>
    public long Sent { get; init; }

    /// <summary>All attempts, repeated ones included.</summary>
    public long Attempts { get; init; }

    /// <summary>Hooks answered with 100 to 299 in time.</summary>
    public long Acknowledged { get; init; }

    /// <summary>Attempts without such an answer.</summary>
    public long FailedAttempts { get; init; }

    /// <summary>Hooks that will not be sent any more.</summary>
    public long GivenUp { get; init; }

    /// <summary>Second copies sent for <see cref="KommoSimulatorOptions.DeliverHooksTwice"/>.</summary>
    public long ExtraDeliveries { get; init; }

    /// <summary>Hooks that wait for their next attempt or are under way, extra copies included.</summary>
    public int Pending { get; init; }

    /// <summary>How long the answer to the first acknowledged hook took; null before.</summary>
    public TimeSpan? FirstAcknowledgement { get; init; }

    /// <summary>How long the slowest acknowledgement took; null before the first.</summary>
    public TimeSpan? SlowestAcknowledgement { get; init; }

    /// <summary>How long acknowledgements took on average; null before the first.</summary>
    public TimeSpan? MeanAcknowledgement { get; init; }
}
