using System.Collections.Concurrent;
using KommoFunctions.Messaging;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Holds;

/// <summary>
/// Sets the work of an account aside that cannot be done at present, whatever it is: its messages leave their queues for a table, where they cost nothing and are in
/// nobody's way, and one message for the whole account has it looked at again.
/// </summary>
internal sealed partial class AccountHolds(
    HoldStore store,
    HoldBell bell,
    HoldProbe probe,
    MessageQueues queues,
    HoldRules rules,
    CoreMetrics metrics,
    TimeProvider time,
    ILogger<AccountHolds> logger)
{
    /// <summary>An account is asked for once in this time, however many of its messages fail.</summary>
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(5);

    /// <summary>The holds that this process knows of, until when they are looked at: it need not try those accounts' work before.</summary>
    private readonly ConcurrentDictionary<long, DateTimeOffset> _known = new();

    private readonly ConcurrentDictionary<long, long> _asked = new();

    /// <summary>Sets a message aside before it is tried, when its account is known to be held.</summary>
    /// <returns>Whether it is; then it may leave its queue.</returns>
    public async Task<bool> TryParkAsync(string queue, Envelope envelope, CancellationToken cancellationToken)
    {
        if (!IsWorkFor(envelope) || !_known.TryGetValue(envelope.AccountId, out var until) || time.GetUtcNow() >= until)
        {
            return false;
        }

        await ParkAsync(queue, envelope, cancellationToken);
        return true;
    }

    /// <summary>Sets a message aside that failed, when the failure is its account's as a whole.</summary>
    /// <returns>Whether it is; then it may leave its queue.</returns>
    public async Task<bool> TryParkFailedAsync(string queue, Envelope envelope, Exception failure, CancellationToken cancellationToken)
    {
        if (!IsWorkFor(envelope) || rules.CauseOf(failure, envelope.Failures?.Attempts ?? 1) is not { } cause)
        {
            return false;
        }

        if (cause.Reason == HoldReason.Away && await ConfirmAsync(envelope.AccountId, cancellationToken) is var confirmed)
        {
            if (confirmed is null)
            {
                // Kommo answers: the trouble is this message's own.
                return false;
            }

            cause = confirmed;
        }

        await HoldAsync(envelope.AccountId, cause, cancellationToken);
        await ParkAsync(queue, envelope, cancellationToken);
        return true;
    }

    /// <summary>The account is worked for again, or was looked at: this process need not hold back what it did not try.</summary>
    public void Forget(long accountId) => _known.TryRemove(accountId, out _);

    private async Task HoldAsync(long accountId, HoldCause cause, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        _known[accountId] = now + cause.LookAfter;
        if (await store.TryAddAsync(new AccountHold(accountId, cause.Reason, cause.Error, now, now + cause.LookAfter, 0), cancellationToken))
        {
            metrics.Held(cause.Reason);
            Log.Held(logger, accountId, cause.Reason, cause.LookAfter, cause.Error);
            await bell.RingAsync(accountId, cause.LookAfter, cancellationToken);
        }
    }

    /// <summary>
    /// First into the table, then the look at the hold: whoever ends a hold looks through the table after that, so that one of the two sees the message.
    /// </summary>
    private async Task ParkAsync(string queue, Envelope envelope, CancellationToken cancellationToken)
    {
        var parked = await store.ParkAsync(queue, envelope, time.GetUtcNow(), cancellationToken);
        metrics.Parked(queue);
        if (await store.GetAsync(envelope.AccountId, cancellationToken) is null)
        {
            Forget(envelope.AccountId);
            await queues.SendAsync(queue, envelope, cancellationToken);
            await store.UnparkAsync(envelope.AccountId, parked, cancellationToken);
        }
    }

    /// <summary>Whether Kommo is away for the account and not for one request of it only; null when it answers, or was asked a moment ago.</summary>
    private async Task<HoldCause?> ConfirmAsync(long accountId, CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        if (_asked.TryGetValue(accountId, out var last) && time.GetElapsedTime(last, now) < AskEvery)
        {
            return null;
        }

        _asked[accountId] = now;
        try
        {
            return await probe.AskAsync(accountId, cancellationToken);
        }
        catch (Exception e) when (Failure.Of(e).Kind is FailureKind.Transient or FailureKind.Waiting)
        {
            // Storage or the vault is away too, so nobody can say: the message is tried again by itself.
            return null;
        }
    }

    /// <summary>A hook is taken apart without Kommo, and the message about the hold must not wait for itself.</summary>
    private static bool IsWorkFor(Envelope envelope) => envelope.AccountId != 0 && envelope.Kind is not (ArrivalKind.Hold or ArrivalKind.Uninstall);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Account {AccountId} is held, {Reason}; its work waits and it is looked at again in {LookAfter}. {Error}")]
        public static partial void Held(ILogger logger, long accountId, HoldReason reason, TimeSpan lookAfter, string error);
    }
}
