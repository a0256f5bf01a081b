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
        processor.ProcessAsync(QueueNames.Events, message, cancellationToken);

    /// <summary>Processes one event of an account that has brought more than its share.</summary>
    [Function("HandleBusyEvent")]
    public Task RunBusyAsync(
        [QueueTrigger(QueueNames.BusyEvents, Connection = ConnectionNames.Storage)] BinaryData message, CancellationToken cancellationToken) =>
        processor.ProcessAsync(QueueNames.BusyEvents, message, cancellationToken);
}
