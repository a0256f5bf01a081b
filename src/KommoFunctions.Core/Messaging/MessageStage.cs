using KommoFunctions.DeadLetters;
using KommoFunctions.Holds;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Messaging;

/// <summary>
/// Runs a step's work for one message and sees to it that the message ends: done, back in its queue with a due time, or a dead letter with a
/// reason. Only what prevents even that (storage is away, the process dies) is left to the trigger's own redelivery.
/// </summary>
internal sealed partial class MessageStage(
    MessageQueues queues,
    ContentCodec codec,
    DeadLetterStore deadLetters,
    AccountHolds holds,
    SubjectReader subjects,
    IOptions<RetryOptions> options,
    CoreMetrics metrics,
    TimeProvider time,
    ILogger<MessageStage> logger)
{
    private readonly RetrySchedule _schedule = new(options.Value, Random.Shared);

    public async Task RunAsync(
        string queue, BinaryData message, Func<Envelope, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        Envelope envelope;
        try
        {
            envelope = Envelope.Parse(message);
        }
        catch (UnreadableMessageException e)
        {
            await KeepUnreadableAsync(queue, message, DeadLetterReasons.Unreadable, e.Message, cancellationToken);
            return;
        }

        if (envelope.DueAt is { } due)
        {
            // Since it was due, not since its hook came: neither a delay that was meant nor a replay makes a queue look slow.
            var age = time.GetUtcNow() - due;
            metrics.Begun(queue, age > TimeSpan.Zero ? age : TimeSpan.Zero);
        }

        if (await holds.TryParkAsync(queue, envelope, cancellationToken))
        {
            return;
        }

        try
        {
            await work(envelope, cancellationToken);
        }
        catch (AlreadyDoneException e)
        {
            Log.AlreadyDone(logger, queue, envelope.Id, e.Message);
        }
        catch (Exception e) when (!(e is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            await EndFailedAsync(queue, envelope, Failure.Of(e), cancellationToken);
            return;
        }

        await codec.ReleaseAsync(envelope.Content, cancellationToken);
        if (envelope.DeadLetterId is { } id)
        {
            await deadLetters.DiscardAsync(envelope.AccountId, id, cancellationToken);
        }
    }

    /// <summary>Keeps a message that has no envelope to carry its history.</summary>
    public Task KeepUnreadableAsync(string queue, BinaryData message, string reason, string error, CancellationToken cancellationToken) =>
        deadLetters.AddAsync(
            new DeadLetter
            {
                Id = DeadLetterId.OfUnreadable(queue, message),
                AccountId = 0,
                Source = queue,
                Reason = reason,
                FirstError = error,
                LastError = error,
                Attempts = 1,
                ReceivedAt = time.GetUtcNow(),
                DiedAt = time.GetUtcNow(),
                Message = message,
            },
            cancellationToken);

    /// <summary>Keeps a message whose work cannot go on.</summary>
    public async Task KeepAsync(string queue, Envelope envelope, string reason, FailureHistory history, CancellationToken cancellationToken)
    {
        await codec.RenewAsync(envelope.Content, cancellationToken);
        await deadLetters.AddAsync(
            new DeadLetter
            {
                Id = envelope.DeadLetterId ?? DeadLetterId.Of(queue, envelope.Id, envelope.ReceivedAt),
                AccountId = envelope.AccountId,
                Source = queue,
                Reason = reason,
                Subject = await subjects.OfMessageAsync(
                    queue, envelope, cancellationToken, mayRead: reason != DeadLetterReasons.Poison || queue != QueueNames.Hooks),
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

    private async Task EndFailedAsync(string queue, Envelope envelope, Failure failure, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (failure.Kind == FailureKind.Waiting)
        {
            if (await holds.TryParkFailedAsync(queue, envelope, failure.Exception, cancellationToken))
            {
                return;
            }

            Log.Waiting(logger, queue, envelope.Id, failure.RetryAfter, failure.Error);
            metrics.PutBack(queue, failure.Kind);
            await queues.SendAsync(queue, envelope, cancellationToken, failure.RetryAfter ?? _schedule.Next(1));
            return;
        }

        var history = FailureHistory.Add(envelope.Failures, failure.Error, failure.Kind == FailureKind.Error, now);
        var reason = failure.Kind switch
        {
            FailureKind.Permanent => failure.Reason,
            FailureKind.Error when history.Errors >= options.Value.HandlerAttempts => DeadLetterReasons.HandlerFailed,
            _ when now - history.FirstAt >= options.Value.GiveUpAfter => DeadLetterReasons.GaveUp,
            _ => null,
        };
        if (reason is not null)
        {
            await KeepAsync(queue, envelope, reason, history, cancellationToken);
            return;
        }

        var failed = envelope with { Failures = history };
        if (await holds.TryParkFailedAsync(queue, failed, failure.Exception, cancellationToken))
        {
            return;
        }

        var delay = _schedule.Next(history.Attempts, failure.RetryAfter);
        // Only an error of a handler's own is worth a stack trace; storage or Kommo being away would fill the log with them.
        Log.PutBack(
            logger, queue, envelope.Id, history.Attempts, delay, failure.Error, failure.Kind == FailureKind.Error ? failure.Exception : null);
        metrics.PutBack(queue, failure.Kind);
        await queues.SendAsync(queue, failed, cancellationToken, delay);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Queue}: message {Id} failed {Attempts} times and is tried again in {Delay}: {Error}")]
        public static partial void PutBack(ILogger logger, string queue, string id, int attempts, TimeSpan delay, string error, Exception? exception);

        [LoggerMessage(2, LogLevel.Debug, "{Queue}: message {Id} waits {Delay}: {Why}")]
        public static partial void Waiting(ILogger logger, string queue, string id, TimeSpan? delay, string why);

        [LoggerMessage(3, LogLevel.Information, "{Queue}: message {Id} came again: {Why}")]
        public static partial void AlreadyDone(ILogger logger, string queue, string id, string why);
    }
}
