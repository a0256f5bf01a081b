using KommoFunctions.Messaging;

namespace KommoFunctions.DeadLetters;

/// <summary>Takes over what the trigger gave up: messages that brought their function down, so left no error of ours.</summary>
public sealed class PoisonCollector
{
    private readonly MessageStage _stage;
    private readonly TimeProvider _time;

    internal PoisonCollector(MessageStage stage, TimeProvider time)
    {
        _stage = stage;
        _time = time;
    }

    /// <summary>Keeps one message of a <c>-poison</c> queue as a dead letter.</summary>
    /// <param name="queue">The queue that the message was in before, one of <see cref="QueueNames"/>.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the work; the message stays in the poison queue.</param>
    public Task CollectAsync(string queue, BinaryData message, CancellationToken cancellationToken = default)
    {
        const string Error = "The function ended without a result, as often as the trigger allows: a crash, a timeout, or storage away. See its log.";
        try
        {
            var envelope = Envelope.Parse(message);
            var history = FailureHistory.Add(envelope.Failures, Error, isError: true, _time.GetUtcNow());
            return _stage.KeepAsync(queue, envelope, DeadLetterReasons.Poison, history, cancellationToken);
        }
        catch (UnreadableMessageException)
        {
            return _stage.KeepUnreadableAsync(queue, message, DeadLetterReasons.Poison, Error, cancellationToken);
        }
    }
}
