using KommoFunctions.Failures;
using KommoFunctions.Fairness;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Holds;

/// <summary>Probes a suspended account when its time has come, and puts its messages back into their queues when Kommo serves it again.</summary>
internal sealed partial class HoldRelease(
    HoldStore store,
    HoldBell bell,
    HoldProbe probe,
    AccountHolds holds,
    MessageQueues queues,
    MessageStage stage,
    FairShare share,
    IOptions<HoldOptions> options,
    IStorageClock clock,
    TimeProvider time,
    ILogger<HoldRelease> logger)
{
    /// <summary>Messages that go back side by side; each costs two storage round trips.</summary>
    private const int Parallelism = 16;

    /// <summary>The longest wait between two probes, in first waits.</summary>
    private const int MaxGrowth = 4;

    /// <summary>A message may come this much before its time.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>How long one message about the suspension works before it lets others have their turn.</summary>
    private static readonly TimeSpan MaxPass = TimeSpan.FromSeconds(30);

    /// <summary>How long a message waits for an account that nobody mends, before it becomes a dead letter. Bodies outside of messages are kept for longer.</summary>
    private static readonly TimeSpan MaxSuspension = TimeSpan.FromDays(30);

    /// <summary>Processes the message of a <see cref="HoldBell"/>.</summary>
    public async Task LookAsync(Envelope message, CancellationToken cancellationToken)
    {
        var accountId = message.AccountId;
        var now = time.GetUtcNow();
        var hold = await store.GetAsync(accountId, cancellationToken);
        if (hold is not null && message.Content.Value != HoldBell.Now && hold.LookAt > clock.Now.Latest + Tolerance)
        {
            // Probed meanwhile by somebody who has scheduled the next probe.
            return;
        }

        if (hold is not null && await probe.AskAsync(accountId, cancellationToken) is { } cause)
        {
            await ProlongAsync(hold, cause, cancellationToken);
            return;
        }

        holds.Forget(accountId);
        var pass = new Pass(time.GetTimestamp());
        if (hold is not null)
        {
            // What comes in from now on goes back after the suspension has ended: until then it may be parked again and again.
            await PutBackAsync(accountId, pass, parked => parked.ParkedAt <= now, cancellationToken);
            if (!await store.TryRemoveAsync(hold, cancellationToken))
            {
                // Another process has probed it too, with another result; its next probe is scheduled.
                return;
            }
        }

        await PutBackAsync(accountId, pass, _ => true, cancellationToken);
        Log.Released(logger, accountId, hold?.Since ?? now, pass.Count);
    }

    private async Task ProlongAsync(AccountHold hold, HoldCause cause, CancellationToken cancellationToken)
    {
        var wait = cause.Reason == HoldReason.Away
            ? options.Value.LookEvery * Math.Min(Math.Pow(1.5, hold.Looks + 1), MaxGrowth)
            : cause.LookAfter;
        await GiveUpOldAsync(hold, cause, cancellationToken);
        var longer = hold with { Reason = cause.Reason, Error = cause.Error, LookAt = clock.Now.Earliest + wait, Looks = hold.Looks + 1 };
        if (await store.TryReplaceAsync(longer, cancellationToken))
        {
            Log.Prolonged(logger, hold.AccountId, hold.Since, cause.Reason, wait);
            await bell.RingAsync(hold.AccountId, wait, cancellationToken);
        }
    }

    /// <summary>An account that is never mended must not collect messages for ever: the oldest become dead letters, from where they can be replayed.</summary>
    private async Task GiveUpOldAsync(AccountHold hold, HoldCause cause, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - MaxSuspension;
        if (hold.Since > before)
        {
            return;
        }

        await foreach (var parked in store.ListParkedAsync(hold.AccountId, cancellationToken).Where(parked => parked.ParkedAt < before))
        {
            await GiveUpAsync(parked, cause.Error, cancellationToken);
        }
    }

    private async Task GiveUpAsync(ParkedMessage parked, string error, CancellationToken cancellationToken)
    {
        if (WorkQueue.Find(parked.QueueName, out var queue) && parked.TryRead() is { } envelope)
        {
            await stage.KeepAsync(
                queue, envelope, DeadLetterReasons.GaveUp, FailureHistory.AddWait(envelope.Failures, error, parked.ParkedAt), cancellationToken);
        }
        else
        {
            await stage.KeepUnreadableAsync(parked.QueueName, parked.Message, DeadLetterReasons.Unreadable, error, attempts: 1, cancellationToken);
        }

        await store.TryRemoveAsync(parked, cancellationToken);
    }

    /// <exception cref="NotNowException">There is more than goes back in one turn.</exception>
    private async Task PutBackAsync(long accountId, Pass pass, Func<ParkedMessage, bool> which, CancellationToken cancellationToken)
    {
        await foreach (var some in store.ListParkedAsync(accountId, cancellationToken).Where(which).Chunk(Parallelism).WithCancellation(cancellationToken))
        {
            pass.Count += (await Task.WhenAll(some.Select(message => PutBackAsync(accountId, message, cancellationToken)))).Count(isBack => isBack);
            if (time.GetElapsedTime(pass.Started) > MaxPass)
            {
                throw new NotNowException($"More waits for account {accountId} than goes back in one turn.", TimeSpan.Zero) { MadeProgress = true };
            }
        }
    }

    /// <summary>
    /// Into the queue first, then out of the table, and only if it is still the row that was read: another process may have taken the message from its queue and
    /// parked it again already.
    /// </summary>
    private async Task<bool> PutBackAsync(long accountId, ParkedMessage parked, CancellationToken cancellationToken)
    {
        if (!WorkQueue.Find(parked.QueueName, out var queue))
        {
            // A later version of this app has parked it; it is left for that, for as long as anything is parked.
            if (parked.ParkedAt < time.GetUtcNow() - MaxSuspension)
            {
                await GiveUpAsync(parked, $"It is for the queue '{parked.QueueName}', which this version of the app does not have.", cancellationToken);
            }
            else
            {
                Log.UnknownQueue(logger, accountId, parked.QueueName);
            }

            return false;
        }

        if (parked.TryRead() is { } envelope)
        {
            var target = queue.Stage == WorkStage.Events ? share.QueueForEvent(accountId) : queue;
            await queues.SendAsync(target, WithoutTheWait(envelope, parked.ParkedAt), cancellationToken);
        }
        else
        {
            await queues.SendUnreadAsync(queue.Name, parked.Message, cancellationToken);
        }

        await store.TryRemoveAsync(parked, cancellationToken);
        return true;
    }

    /// <summary>The time in which nothing could be tried does not count as trouble of the message's own.</summary>
    private Envelope WithoutTheWait(Envelope envelope, DateTimeOffset parkedAt) => envelope.Failures is { } history
        ? envelope with { Failures = history with { FirstAt = history.FirstAt + (time.GetUtcNow() - parkedAt) } }
        : envelope;

    private sealed class Pass(long started)
    {
        public long Started { get; } = started;

        public int Count { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Account {AccountId}, suspended since {Since}, is not served yet ({Reason}); next probe in {ProbeAfter}")]
        public static partial void Prolonged(ILogger logger, long accountId, DateTimeOffset since, HoldReason reason, TimeSpan probeAfter);

        [LoggerMessage(2, LogLevel.Information, "Account {AccountId}, suspended since {Since}, is served again; {Count} messages are back in their queues")]
        public static partial void Released(ILogger logger, long accountId, DateTimeOffset since, int count);

        [LoggerMessage(3, LogLevel.Warning, "A message of account {AccountId} for the unknown queue {Queue} stays parked until the version that parked it is back")]
        public static partial void UnknownQueue(ILogger logger, long accountId, string queue);
    }
}
