using System.Globalization;
using KommoFunctions.DeadLetters;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace KommoFunctions.Queues;

/// <summary>Keeps as dead letters what crashed its function too often. A poison queue is otherwise read by nobody.</summary>
public sealed class CollectPoison(PoisonCollector collector)
{
    /// <summary>Hooks that crashed <see cref="SplitHook"/>.</summary>
    [Function("CollectPoisonHooks")]
    public Task HooksAsync(
        [QueueTrigger(QueueNames.PoisonHooks, Connection = ConnectionNames.Storage)] BinaryData message, FunctionContext context, CancellationToken cancellationToken) =>
        collector.CollectAsync(QueueNames.Hooks, message, Deliveries(context), cancellationToken);

    /// <summary>Events that crashed <see cref="HandleEvent"/>.</summary>
    [Function("CollectPoisonEvents")]
    public Task EventsAsync(
        [QueueTrigger(QueueNames.PoisonEvents, Connection = ConnectionNames.Storage)] BinaryData message, FunctionContext context, CancellationToken cancellationToken) =>
        collector.CollectAsync(QueueNames.Events, message, Deliveries(context), cancellationToken);

    /// <summary>Hooks of a busy account that crashed <see cref="SplitHook"/>.</summary>
    [Function("CollectPoisonBusyHooks")]
    public Task BusyHooksAsync(
        [QueueTrigger(QueueNames.PoisonBusyHooks, Connection = ConnectionNames.Storage)] BinaryData message, FunctionContext context, CancellationToken cancellationToken) =>
        collector.CollectAsync(QueueNames.BusyHooks, message, Deliveries(context), cancellationToken);

    /// <summary>Events of a busy account that crashed <see cref="HandleEvent"/>.</summary>
    [Function("CollectPoisonBusyEvents")]
    public Task BusyEventsAsync(
        [QueueTrigger(QueueNames.PoisonBusyEvents, Connection = ConnectionNames.Storage)] BinaryData message, FunctionContext context, CancellationToken cancellationToken) =>
        collector.CollectAsync(QueueNames.BusyEvents, message, Deliveries(context), cancellationToken);

    /// <summary>Bells that crashed <see cref="DispatchCommands"/>.</summary>
    [Function("CollectPoisonDispatch")]
    public Task DispatchAsync(
        [QueueTrigger(QueueNames.PoisonDispatch, Connection = ConnectionNames.Storage)] BinaryData message, FunctionContext context, CancellationToken cancellationToken) =>
        collector.CollectAsync(QueueNames.Dispatch, message, Deliveries(context), cancellationToken);

    /// <summary>The message's dequeue count, which the trigger sends along; without it this is taken for the first delivery.</summary>
    private static long Deliveries(FunctionContext context) =>
        context.BindingContext.BindingData.TryGetValue("DequeueCount", out var count)
            ? Convert.ToInt64(count, CultureInfo.InvariantCulture)
            : 1;
}
