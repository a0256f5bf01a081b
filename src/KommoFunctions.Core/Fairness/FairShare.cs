using System.Threading.RateLimiting;
using KommoFunctions.Messaging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Fairness;

/// <summary>
/// Chooses the queue for what an account brings. A queue is first in, first out: an account that brings a hundred thousand events at once would have all
/// others wait for them. What goes beyond an account's share has queues of its own, which other functions work off. It costs no request to storage, since each process
/// counts for itself what it puts in.
/// </summary>
internal sealed class FairShare(IOptions<FairShareOptions> options) : IDisposable
{
    /// <summary>What Kommo sends of one entity, without custom fields.</summary>
    private const int BytesOfAnEvent = 1024;

    private readonly int _most = options.Value.Burst;
    private readonly PartitionedRateLimiter<long> _hooks = Shares(options.Value);
    private readonly PartitionedRateLimiter<long> _events = Shares(options.Value);

    /// <summary>A hook of many events counts as many. It is not parsed yet, so its length tells.</summary>
    public WorkQueue QueueForHook(long accountId, int length) =>
        IsWithin(_hooks, accountId, 1 + (length / BytesOfAnEvent)) ? WorkQueue.Hooks : WorkQueue.BusyHooks;

    public WorkQueue QueueForEvent(long accountId) => IsWithin(_events, accountId, 1) ? WorkQueue.Events : WorkQueue.BusyEvents;

    public void Dispose()
    {
        _hooks.Dispose();
        _events.Dispose();
    }

    private bool IsWithin(PartitionedRateLimiter<long> shares, long accountId, int count)
    {
        using var share = shares.AttemptAcquire(accountId, Math.Min(count, _most));
        return share.IsAcquired;
    }

    private static PartitionedRateLimiter<long> Shares(FairShareOptions options) => PartitionedRateLimiter.Create<long, long>(
        accountId => RateLimitPartition.GetTokenBucketLimiter(accountId, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Burst,
            TokensPerPeriod = options.PerMinute,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1),
            QueueLimit = 0,
        }));
}
