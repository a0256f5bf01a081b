using KommoFunctions.DeadLetters;
using KommoFunctions.Failures;
using KommoFunctions.Holds;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Messaging;

/// <summary>
/// Runs a stage's work for one message and sees to it that the message ends: done, back in its queue with a due time, set aside with its account, or a
/// dead letter with a reason. Only what prevents even that (storage is away, the process dies) is left to the trigger's own redelivery.
/// </summary>
internal sealed partial class MessageStage(
    MessageQueues queues,
    ContentCodec codec,
    DeadLetterStore deadLetters,
    AccountHolds holds,
    SubjectReader subjects,
    FailurePolicy policy,
    CoreMetrics metrics,
    TimeProvider time,
    ILogger<MessageStage> logger)
{
    private static readonly TimeSpan GiveUpAgainAfter = TimeSpan.FromSeconds(30);

    /// <summary>Runs the work for one message. Returns when the message may be deleted.</summary>
    /// <param name="queue">The queue that the message is from.</param>
    /// <param name="message">The message.</param>
    /// <param name="work">The stage's work.</param>
    /// <param name="cancellationToken">Ends the work; the message stays in its queue.</param>
    /// <param name="giveUp">
    /// Deals with what the message stands for when that has failed for too long; then the message begins anew. Without it the message itself becomes a
    /// dead letter.
    /// </param>
    public async Task RunAsync(
        WorkQueue queue,
        BinaryData message,
        Func<Envelope, CancellationToken, Task> work,
        CancellationToken cancellationToken,
        Func<Envelope, FailureDecision.DeadLetter, CancellationToken, Task>? giveUp = null)
    {
        Envelope envelope;
        try
        {
            envelope = Envelope.Parse(message);
        }
        catch (UnreadableMessageException e)
        {
            await KeepUnreadableAsync(queue.Name, message, DeadLetterReasons.Unreadable, e.Message, attempts: 1, cancellationToken);
            return;
        }

        if (envelope.DueAt is { } due)
        {
            // Since it was due, not since its hook came: neither a delay that was meant nor a replay makes a queue look slow.
            var age = time.GetUtcNow() - due;
            metrics.Begun(queue.Name, age > TimeSpan.Zero ? age : TimeSpan.Zero);
        }

        if (await holds.TryParkAsync(queue, envelope, cancellationToken))
        {
            return;
        }

        try
        {
            await work(envelope, cancellationToken);
        }
        catch (Exception e) when (!(e is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            var failure = FailureClassifier.Classify(e);

            // What stands for other work is not what Kommo's front door refuses: that is told of each piece by itself.
            var history = giveUp is null ? envelope.Failures : envelope.Failures?.WithoutBlocks();
            if (!await EndAsync(queue, envelope, failure, policy.Decide(failure, history, time.GetUtcNow()), giveUp, cancellationToken))
            {
                return;
            }
        }

        await codec.ReleaseAsync(envelope.Content, cancellationToken);
        if (envelope.DeadLetterId is { } id)
        {
            await deadLetters.DiscardAsync(envelope.AccountId, id, cancellationToken);
        }
    }

    /// <summary>Keeps a message that has no envelope to carry its history, or is for a queue that this version does not have.</summary>
    public Task KeepUnreadableAsync(
        string queue, BinaryData message, string reason, string error, int attempts, CancellationToken cancellationToken) =>
        deadLetters.AddAsync(
            new DeadLetter
            {
                Id = DeadLetterId.OfUnreadable(queue, message),
                AccountId = 0,
                Source = queue,
                Reason = reason,
                FirstError = error,
                LastError = error,
                Attempts = attempts,
                ReceivedAt = time.GetUtcNow(),
                DiedAt = time.GetUtcNow(),
                Message = message,
            },
            cancellationToken);

    /// <summary>Keeps a message whose work cannot go on.</summary>
    public async Task KeepAsync(WorkQueue queue, Envelope envelope, string reason, FailureHistory history, CancellationToken cancellationToken)
    {
        await codec.RenewAsync(envelope.Content, cancellationToken);
        await deadLetters.AddAsync(
            new DeadLetter
            {
                Id = envelope.DeadLetterId ?? DeadLetterId.Of(queue.Name, envelope.Id, envelope.ReceivedAt),
                AccountId = envelope.AccountId,
                Source = queue.Name,
                Reason = reason,
                // A hook that brought its function down is not parsed once more; an event was parsed before it became one.
                Subject = await subjects.OfMessageAsync(
                    queue, envelope, cancellationToken, mayRead: reason != DeadLetterReasons.Poison || queue.Stage != WorkStage.Hooks),
                FirstError = history.FirstError,
                LastError = history.LastError,
                Attempts = history.Attempts,
                Replays = envelope.DeadLetterId is null ? 0 : 1,
                ReceivedAt = envelope.ReceivedAt,
                DiedAt = time.GetUtcNow(),
                Message = (envelope with { Failures = null, DeadLetterId = null, DueAt = null }).ToBinaryData(),
            },
            cancellationToken);
    }

    /// <summary>Does what was decided.</summary>
    /// <returns>Whether the message's work is done, so that what it left outside can go.</returns>
    private async Task<bool> EndAsync(
        WorkQueue queue,
        Envelope envelope,
        Failure failure,
        FailureDecision decision,
        Func<Envelope, FailureDecision.DeadLetter, CancellationToken, Task>? giveUp,
        CancellationToken cancellationToken)
    {
        switch (decision)
        {
            case FailureDecision.Completed:
                Log.AlreadyDone(logger, queue.Name, envelope.Id, failure.Error);
                return true;
            case FailureDecision.Suspend suspend:
                var parked = await holds.TrySuspendAsync(
                    queue, envelope with { Failures = suspend.History }, failure.AccountId ?? envelope.AccountId, suspend, cancellationToken);
                return !parked && await EndAsync(queue, envelope, failure, suspend.Otherwise, giveUp, cancellationToken);
            case FailureDecision.DeadLetter dead when giveUp is not null && failure.Kind != FailureKind.Permanent:
                await GiveUpAsync(queue, envelope, dead, giveUp, cancellationToken);
                return false;
            case FailureDecision.DeadLetter dead:
                await KeepAsync(queue, envelope, dead.Reason, dead.History, cancellationToken);
                return false;
            case FailureDecision.Retry retry:
                await RetryAsync(queue, envelope, failure, retry, cancellationToken);
                return false;
            default:
                throw new InvalidOperationException($"{decision.GetType().Name} is no decision that is known here.");
        }
    }

    private async Task GiveUpAsync(
        WorkQueue queue,
        Envelope envelope,
        FailureDecision.DeadLetter dead,
        Func<Envelope, FailureDecision.DeadLetter, CancellationToken, Task> giveUp,
        CancellationToken cancellationToken)
    {
        try
        {
            await giveUp(envelope, dead, cancellationToken);
        }
        catch (Exception e) when (FailureClassifier.Classify(e) is { Kind: FailureKind.Waiting or FailureKind.Transient } later)
        {
            await queues.SendAsync(queue, envelope with { Failures = dead.History }, cancellationToken, later.RetryAfter ?? GiveUpAgainAfter);
            return;
        }

        await queues.SendAsync(queue, envelope with { Failures = null }, cancellationToken);
    }

    private async Task RetryAsync(
        WorkQueue queue, Envelope envelope, Failure failure, FailureDecision.Retry retry, CancellationToken cancellationToken)
    {
        if (failure.Kind is FailureKind.Waiting or FailureKind.Progress)
        {
            Log.Waiting(logger, queue.Name, envelope.Id, retry.After, failure.Error);
        }
        else
        {
            // Only an error of a handler's own is worth a stack trace; storage or Kommo being away would fill the log with them.
            Log.PutBack(
                logger,
                queue.Name,
                envelope.Id,
                retry.History?.Attempts ?? 0,
                retry.After,
                failure.Error,
                failure.Kind == FailureKind.Error ? failure.Exception : null);
        }

        metrics.PutBack(queue.Name, failure.Kind);
        await queues.SendAsync(queue, envelope with { Failures = retry.History }, cancellationToken, retry.After);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Queue}: message {Id} failed {Attempts} times and is tried again in {Delay}: {Error}")]
        public static partial void PutBack(ILogger logger, string queue, string id, int attempts, TimeSpan delay, string error, Exception? exception);

        [LoggerMessage(2, LogLevel.Debug, "{Queue}: message {Id} waits {Delay}: {Why}")]
        public static partial void Waiting(ILogger logger, string queue, string id, TimeSpan delay, string why);

        [LoggerMessage(3, LogLevel.Information, "{Queue}: message {Id} came again: {Why}")]
        public static partial void AlreadyDone(ILogger logger, string queue, string id, string why);
    }
}
