using KommoFunctions.Fairness;
using KommoFunctions.Messaging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Holds;

/// <summary>Looks at a held account when its time has come, and lets its work go on when it can.</summary>
internal sealed partial class HoldRelease(
    HoldStore store,
    HoldBell bell,
    HoldProbe probe,
    AccountHolds holds,
    MessageQueues queues,
    FairShare share,
    IOptions<HoldOptions> options,
    TimeProvider time,
    ILogger<HoldRelease> logger)
{
    /// <summary>Messages that go back side by side; each costs two storage round trips.</summary>
    private const int Parallelism = 16;

    /// <summary>The longest wait between two looks, in first waits.</summary>
    private const int LongestGrowth = 4;

    /// <summary>How long one message about the hold works before it lets others have their turn.</summary>
    private static readonly TimeSpan LongestPass = TimeSpan.FromSeconds(30);

    /// <summary>Processes the message of a <see cref="HoldBell"/>.</summary>
    public async Task LookAsync(Envelope message, CancellationToken cancellationToken)
    {
        var accountId = message.AccountId;
        var now = time.GetUtcNow();
        var hold = await store.GetAsync(accountId, cancellationToken);
        if (hold is not null && message.Content.Value != HoldBell.Now && hold.LookAt > now + TimeSpan.FromSeconds(2))
        {
            // Looked at meanwhile by somebody who rang for its new time.
            return;
        }

        if (hold is not null && await probe.AskAsync(accountId, cancellationToken) is { } cause)
        {
            await ProlongAsync(hold, cause, cancellationToken);
            return;
        }

        holds.Forget(accountId);
        var started = time.GetTimestamp();
        var count = 0;
        if (hold is not null)
        {
            // What comes in from now on goes back after the hold has ended: until then it may be put here again and again.
            count += await PutBackAsync(accountId, started, parked => parked.ParkedAt <= now, cancellationToken);
            await store.RemoveAsync(accountId, cancellationToken);
        }

        count += await PutBackAsync(accountId, started, _ => true, cancellationToken);
        Log.Released(logger, accountId, hold?.Since ?? now, count);
    }

    private async Task ProlongAsync(AccountHold hold, HoldCause cause, CancellationToken cancellationToken)
    {
        var wait = cause.Reason == HoldReason.Away
            ? options.Value.LookEvery * Math.Min(Math.Pow(1.5, hold.Looks + 1), LongestGrowth)
            : cause.LookAfter;
        var longer = hold with { Reason = cause.Reason, Error = cause.Error, LookAt = time.GetUtcNow() + wait, Looks = hold.Looks + 1 };
        if (await store.TryReplaceAsync(longer, cancellationToken))
        {
            Log.Prolonged(logger, hold.AccountId, hold.Since, cause.Reason, wait);
            await bell.RingAsync(hold.AccountId, wait, cancellationToken);
        }
    }

    /// <exception cref="NotNowException">There is more than goes back in one turn.</exception>
    private async Task<int> PutBackAsync(long accountId, long started, Func<ParkedMessage, bool> which, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var some in store.ListParkedAsync(accountId, cancellationToken).Where(which).Chunk(Parallelism).WithCancellation(cancellationToken))
        {
            await Task.WhenAll(some.Select(message => PutBackAsync(accountId, message, cancellationToken)));
            count += some.Length;
            if (time.GetElapsedTime(started) > LongestPass)
            {
                throw new NotNowException($"More waits for account {accountId} than goes back in one turn.", TimeSpan.Zero);
            }
        }

        return count;
    }

    private async Task PutBackAsync(long accountId, ParkedMessage message, CancellationToken cancellationToken)
    {
        var queue = QueueNames.IsForEvents(message.Queue) ? share.QueueForEvent(accountId) : message.Queue;
        await queues.SendAsync(queue, WithoutTheWait(message), cancellationToken);
        await store.UnparkAsync(accountId, message, cancellationToken);
    }

    /// <summary>The time in which nothing could be tried does not count as trouble of the message's own.</summary>
    private Envelope WithoutTheWait(ParkedMessage message) => message.Envelope.Failures is { } history
        ? message.Envelope with { Failures = history with { FirstAt = history.FirstAt + (time.GetUtcNow() - message.ParkedAt) } }
        : message.Envelope;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Account {AccountId}, held since {Since}, cannot be worked for yet, {Reason}; it is looked at again in {LookAfter}")]
        public static partial void Prolonged(ILogger logger, long accountId, DateTimeOffset since, HoldReason reason, TimeSpan lookAfter);

        [LoggerMessage(2, LogLevel.Information, "Account {AccountId}, held since {Since}, is worked for again; {Count} messages are back in their queues")]
        public static partial void Released(ILogger logger, long accountId, DateTimeOffset since, int count);
    }
}
