using Azure;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.DeadLetters;

/// <summary>Takes over what the trigger gave up: messages that brought their function down, so left no error of ours.</summary>
/// <remarks>
/// Behind a poison queue there is no other: a message whose collection fails as often as the trigger allows stays there, is never delivered again, and
/// expires after seven days. So a message that cannot be kept now goes back into the poison queue as a new one that never expires, and one that is delivered for
/// the last time goes back before it is kept: the process may die meanwhile. Kept twice it is one dead letter.
/// </remarks>
public sealed partial class PoisonCollector
{
    private const string Error = "The function ended without a result, as often as the trigger allows: a crash, a timeout, or storage away. See its log.";

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMinutes(1);

    /// <summary>Long enough that what brought the function down may be over, and that it does not go round all the time when it is not.</summary>
    private static readonly TimeSpan DispatchDelay = TimeSpan.FromMinutes(5);

    private readonly MessageStage _stage;
    private readonly MessageQueues _queues;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal PoisonCollector(MessageStage stage, MessageQueues queues, TimeProvider time, ILogger<PoisonCollector> logger) =>
        (_stage, _queues, _time, _logger) = (stage, queues, time, logger);

    /// <summary>Keeps one message of a <c>-poison</c> queue as a dead letter; one of <see cref="QueueNames.Dispatch"/> goes back into that queue for later.</summary>
    /// <param name="queue">The queue that the message was in before, one of <see cref="QueueNames"/>.</param>
    /// <param name="message">The message.</param>
    /// <param name="deliveries">How often the trigger has delivered it, this time included: its dequeue count.</param>
    /// <param name="cancellationToken">Ends the work; the message stays in the poison queue.</param>
    /// <exception cref="RequestFailedException">Not even the poison queue can be reached: the trigger delivers the message again.</exception>
    public async Task CollectAsync(string queue, BinaryData message, long deliveries = 1, CancellationToken cancellationToken = default)
    {
        var source = WorkQueue.Of(queue);
        var isBack = deliveries >= QueueNames.MaxDequeueCount;
        if (isBack)
        {
            await _queues.SendUnreadAsync(source.PoisonName, message, cancellationToken, RetryDelay);
        }

        try
        {
            await KeepAsync(source, message, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it was: there is nobody behind who could do better.
            Log.NotKept(_logger, source.PoisonName, RetryDelay, e);
            if (!isBack)
            {
                await _queues.SendUnreadAsync(source.PoisonName, message, cancellationToken, RetryDelay);
            }
        }
    }

    private Task KeepAsync(WorkQueue source, BinaryData message, CancellationToken cancellationToken)
    {
        Envelope envelope;
        try
        {
            envelope = Envelope.Parse(message);
        }
        catch (UnreadableMessageException)
        {
            return _stage.KeepUnreadableAsync(source.Name, message, DeadLetterReasons.Poison, Error, QueueNames.MaxDequeueCount, cancellationToken);
        }

        if (source.Stage == WorkStage.Dispatch)
        {
            // It holds nothing that could be lost or wrong, and says only where commands wait. Without it nobody would look there.
            Log.SentAgain(_logger, source.Name, envelope.AccountId, QueueNames.MaxDequeueCount, DispatchDelay);
            return _queues.SendAsync(source, envelope with { Failures = null }, cancellationToken, DispatchDelay);
        }

        var history = FailureHistory.AddCrashes(envelope.Failures, Error, QueueNames.MaxDequeueCount, _time.GetUtcNow());
        return _stage.KeepAsync(source, envelope, DeadLetterReasons.Poison, history, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Error, "{Queue}: a message of account {AccountId} brought its function down {Attempts} times; it comes again in {Delay}")]
        public static partial void SentAgain(ILogger logger, string queue, long accountId, int attempts, TimeSpan delay);

        [LoggerMessage(1, LogLevel.Error, "A message of {Queue} could not be kept as a dead letter; trying again in {Delay}")]
        public static partial void NotKept(ILogger logger, string queue, TimeSpan delay, Exception exception);
    }
}
