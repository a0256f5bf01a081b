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
        splitter.ProcessAsync(QueueNames.Hooks, message, cancellationToken);

    /// <summary>Processes one hook of an account that has brought more than its share.</summary>
    [Function("SplitBusyHook")]
    public Task RunBusyAsync(
        [QueueTrigger(QueueNames.BusyHooks, Connection = ConnectionNames.Storage)] BinaryData message, CancellationToken cancellationToken) =>
        splitter.ProcessAsync(QueueNames.BusyHooks, message, cancellationToken);
}
