using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace KommoFunctions.Queues;

/// <summary>Sends what waits in the outbox to Kommo.</summary>
public sealed class DispatchCommands(CommandDispatcher dispatcher)
{
    /// <summary>Answers one bell.</summary>
    [Function(nameof(DispatchCommands))]
    public Task RunAsync(
        [QueueTrigger(QueueNames.Dispatch, Connection = ConnectionNames.Storage)] BinaryData message, CancellationToken cancellationToken) =>
        dispatcher.ProcessAsync(message, cancellationToken);
}
