using System.Globalization;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;

namespace KommoFunctions.Holds;

/// <summary>
/// Schedules the probe of a suspended account: one message for the account, whatever waits for it. It lies in <see cref="QueueNames.Dispatch"/>, hidden until its time.
/// </summary>
internal sealed class HoldBell(HoldStore store, MessageQueues queues, IStorageClock clock, TimeProvider time)
{
    /// <summary>What the message says when the account is to be probed whenever its next probe is due.</summary>
    public const string Now = "now";

    private const string AtItsTime = "due";

    /// <summary>Schedules a probe.</summary>
    public Task RingAsync(long accountId, TimeSpan after, CancellationToken cancellationToken) => RingAsync(accountId, AtItsTime, after, cancellationToken);

    /// <summary>Something happened that may have ended the suspension: schedules a probe at once. Does nothing for an account that is not suspended.</summary>
    public async Task RingNowAsync(long accountId, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(accountId, cancellationToken) is not null)
        {
            await RingAsync(accountId, Now, TimeSpan.Zero, cancellationToken);
        }
    }

    /// <summary>
    /// Probes what nobody probes any more: suspensions whose time has passed by so much that their message must have been lost with its process, and accounts that
    /// messages wait for though they are not suspended, as when a process ends right after it has parked one.
    /// </summary>
    public async Task RingOverdueAsync(CancellationToken cancellationToken)
    {
        var overdue = clock.Now.Earliest - TimeSpan.FromMinutes(5);
        var suspended = new HashSet<long>();
        await foreach (var hold in store.ListAsync(cancellationToken))
        {
            suspended.Add(hold.AccountId);
            if (hold.LookAt < overdue)
            {
                await RingAsync(hold.AccountId, Now, TimeSpan.Zero, cancellationToken);
            }
        }

        await foreach (var accountId in store.ListAccountsAsync(cancellationToken))
        {
            if (!suspended.Contains(accountId))
            {
                await RingAsync(accountId, Now, TimeSpan.Zero, cancellationToken);
            }
        }
    }

    private Task RingAsync(long accountId, string when, TimeSpan after, CancellationToken cancellationToken) => queues.SendAsync(
        WorkQueue.Dispatch,
        new Envelope
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"hold-{accountId}"),
            Kind = ArrivalKind.Hold,
            AccountId = accountId,
            ReceivedAt = time.GetUtcNow(),
            Content = Content.FromText(when),
        },
        cancellationToken,
        after);
}
