using System.Collections.Concurrent;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Holds;

/// <summary>
/// Suspends accounts for which nothing can be done at present. Their messages move from the queues to a table, where they cost nothing and block nobody. One
/// scheduled message probes the account.
/// </summary>
internal sealed partial class AccountHolds(
    HoldStore store,
    HoldBell bell,
    HoldProbe probe,
    MessageQueues queues,
    CoreMetrics metrics,
    IStorageClock clock,
    TimeProvider time,
    ILogger<AccountHolds> logger)
{
    /// <summary>An account is probed once in this time, however many of its messages fail.</summary>
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(5);

    /// <summary>The suspensions that this process knows of, and until when each is believed: the work of those accounts need not be tried before.</summary>
    private readonly ConcurrentDictionary<long, DateTimeOffset> _known = new();

    private readonly ConcurrentDictionary<long, long> _probed = new();

    /// <summary>Parks a message before it is tried, when its account is known to be suspended.</summary>
    /// <returns>Whether it is parked; then it may leave its queue.</returns>
    public async Task<bool> TryParkAsync(WorkQueue queue, Envelope envelope, CancellationToken cancellationToken)
    {
        if (!CanWait(envelope, envelope.AccountId) || !_known.TryGetValue(envelope.AccountId, out var until) || time.GetUtcNow() >= until)
        {
            return false;
        }

        await ParkAsync(queue, envelope, envelope.AccountId, cancellationToken);
        return true;
    }

    /// <summary>Suspends the account of a message that failed, and parks the message.</summary>
    /// <returns>
    /// Whether it is parked. False when the probe shows that Kommo serves the account, when the account was probed less than five seconds ago, or when it
    /// could not be probed.
    /// </returns>
    public async Task<bool> TrySuspendAsync(
        WorkQueue queue, Envelope envelope, long accountId, FailureDecision.Suspend decision, CancellationToken cancellationToken)
    {
        if (!CanWait(envelope, accountId))
        {
            return false;
        }

        var cause = decision.IsProven ? decision.Cause : await ConfirmAsync(accountId, cancellationToken);
        if (cause is null)
        {
            return false;
        }

        await SuspendAsync(accountId, cause, cancellationToken);
        await ParkAsync(queue, envelope, accountId, cancellationToken);
        return true;
    }

    /// <summary>The account is served again, or was probed: this process need not hold back what it did not try.</summary>
    public void Forget(long accountId) => _known.TryRemove(accountId, out _);

    private async Task SuspendAsync(long accountId, HoldCause cause, CancellationToken cancellationToken)
    {
        _known[accountId] = time.GetUtcNow() + cause.LookAfter;
        var now = clock.Now;
        if (await store.TryAddAsync(
            new AccountHold(accountId, cause.Reason, cause.Error, now.Likely, now.Earliest + cause.LookAfter, 0), cancellationToken))
        {
            metrics.Held(cause.Reason);
            Log.Suspended(logger, accountId, cause.Reason, cause.LookAfter, cause.Error);
            await bell.RingAsync(accountId, cause.LookAfter, cancellationToken);
        }
    }

    /// <summary>
    /// First into the table, then the look at the suspension: whoever ends a suspension looks through the table after that, so that one of the two sees the
    /// message. Both remove only the row that they know: one that somebody has parked anew meanwhile stays.
    /// </summary>
    private async Task ParkAsync(WorkQueue queue, Envelope envelope, long accountId, CancellationToken cancellationToken)
    {
        var parked = await store.ParkAsync(accountId, queue, envelope, time.GetUtcNow(), cancellationToken);
        metrics.Parked(queue.Name);
        if (await store.GetAsync(accountId, cancellationToken) is null)
        {
            Forget(accountId);
            await queues.SendAsync(queue, envelope, cancellationToken);
            await store.TryRemoveAsync(parked, cancellationToken);
        }
    }

    /// <summary>What is wrong with the account itself; null when Kommo serves it, when it was probed a moment ago, or when nobody can say.</summary>
    private async Task<HoldCause?> ConfirmAsync(long accountId, CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        if (_probed.TryGetValue(accountId, out var last) && time.GetElapsedTime(last, now) < ProbeInterval)
        {
            return null;
        }

        _probed[accountId] = now;
        try
        {
            return await probe.AskAsync(accountId, cancellationToken);
        }
        catch (Exception e) when (FailureClassifier.Classify(e).Kind is FailureKind.Transient or FailureKind.Waiting)
        {
            // Storage or the vault is away too: the message is tried again by itself.
            return null;
        }
    }

    /// <summary>
    /// Neither the message that probes the account nor the hint that it removed the integration may wait for the end of the suspension.
    /// </summary>
    private static bool CanWait(Envelope envelope, long accountId) =>
        accountId != 0 && envelope.Kind is not (ArrivalKind.Hold or ArrivalKind.Uninstall);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Account {AccountId} suspended ({Reason}); next probe in {ProbeAfter}: {Error}")]
        public static partial void Suspended(ILogger logger, long accountId, HoldReason reason, TimeSpan probeAfter, string error);
    }
}
