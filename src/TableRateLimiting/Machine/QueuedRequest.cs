using TableRateLimiting.Grants;

namespace TableRateLimiting.Machine;

/// <summary>A request in the queue. The shell derives from it to tell its caller the outcome.</summary>
/// <param name="request">What is wanted.</param>
internal class QueuedRequest(PermitRequest request)
{
    public int Permits => request.Permits;

    public bool Background => request.Background;

    public bool Ahead => request.Ahead;

    /// <summary>Its place by arrival, kept when it has to queue again.</summary>
    public long Order { get; private set; }

    public long Arrived { get; private set; }

    /// <summary>When it is refused if it has no permits by then.</summary>
    public long Deadline { get; private set; }

    /// <summary>Whether it counts against the queue's limit: it has to wait for capacity, not only for the swap.</summary>
    public bool Counts { get; set; }

    public Demand Demand => new(request.Permits, Deadline, request.NotBefore, request.Background);

    /// <summary>The request came in.</summary>
    /// <param name="order">Its place by arrival.</param>
    /// <param name="now">When.</param>
    /// <param name="maxWait">How long it waits at most, unless it says itself.</param>
    public QueuedRequest Arrive(long order, long now, long maxWait)
    {
        (Order, Arrived, Deadline) = (order, now, request.Deadline ?? now + maxWait);
        return this;
    }
}
