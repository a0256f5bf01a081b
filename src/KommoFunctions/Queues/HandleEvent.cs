using KommoFunctions.Handling;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace KommoFunctions.Queues;

/// <summary>Hands events to the handlers.</summary>
public sealed class HandleEvent(EventProcessor processor)
{
    /// <summary>Processes one event.</summary>
    [Function(nameof(HandleEvent))]
    public Task RunAsync(
        [QueueTrigger(QueueNames.Events, Connection = ConnectionNames.Storage)] BinaryData message, CancellationToken cancellationToken) =>
        processor.ProcessAsync(message, cancellationToken);
}
