using KommoFunctions.Messaging;
using KommoFunctions.Splitting;
using KommoFunctions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace KommoFunctions.Queues;

/// <summary>Takes hooks apart into events.</summary>
public sealed class SplitHook(HookSplitter splitter)
{
    /// <summary>Processes one hook.</summary>
    [Function(nameof(SplitHook))]
    public Task RunAsync(
        [QueueTrigger(QueueNames.Hooks, Connection = ConnectionNames.Storage)] BinaryData message, CancellationToken cancellationToken) =>
        splitter.ProcessAsync(message, cancellationToken);
}
