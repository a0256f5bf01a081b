using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using KommoFunctions.DeadLetters;
using KommoFunctions.Handling;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Splitting;
using KommoFunctions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Local.App;

/// <summary>The queue triggers of the Functions app: one listener a queue.</summary>
internal sealed partial class QueueTriggers(
    IConfiguration configuration,
    StorageProvisioner provisioner,
    HookSplitter splitter,
    EventProcessor processor,
    CommandDispatcher dispatcher,
    PoisonCollector poison,
    TimeProvider time,
    ILogger<QueueListener> logger) : BackgroundService
{
    /// <summary>The setting that the queues are opened with.</summary>
    public const string Connection = ConnectionNames.Storage;

    /// <summary>The functions that are stood in for.</summary>
    public IReadOnlyList<QueueTrigger> Triggers { get; } =
    [
        new("SplitHook", QueueNames.Hooks, (message, token) => splitter.ProcessAsync(QueueNames.Hooks, message.Body, token)),
        new("SplitBusyHook", QueueNames.BusyHooks, (message, token) => splitter.ProcessAsync(QueueNames.BusyHooks, message.Body, token)),
        new("HandleEvent", QueueNames.Events, (message, token) => processor.ProcessAsync(QueueNames.Events, message.Body, token)),
        new("HandleBusyEvent", QueueNames.BusyEvents, (message, token) => processor.ProcessAsync(QueueNames.BusyEvents, message.Body, token)),
        new("DispatchCommands", QueueNames.Dispatch, (message, token) => dispatcher.ProcessAsync(message.Body, token)),
        Poison("CollectPoisonHooks", QueueNames.Hooks, poison),
        Poison("CollectPoisonBusyHooks", QueueNames.BusyHooks, poison),
        Poison("CollectPoisonEvents", QueueNames.Events, poison),
        Poison("CollectPoisonBusyEvents", QueueNames.BusyEvents, poison),
        Poison("CollectPoisonDispatch", QueueNames.Dispatch, poison),
    ];

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await WaitForQueuesAsync(stoppingToken);
        var service = new QueueServiceClient(
            configuration[Connection], new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        var lease = configuration.GetValue("Local:QueueLease", TimeSpan.FromSeconds(30));
        await Task.WhenAll(Triggers.Select(trigger =>
            new QueueListener(service, trigger.Queue, trigger.Process, lease, time, logger).RunAsync(stoppingToken)));
    }

    /// <summary>What the trigger gives up is kept from where it leaves it.</summary>
    private static QueueTrigger Poison(string function, string queue, PoisonCollector poison) =>
        new(function, QueueNames.Poison(queue), (message, token) => poison.CollectAsync(queue, message.Body, message.DequeueCount, token));

    /// <summary>A listener needs its queue. An app that comes up while storage is away waits for it.</summary>
    private async Task WaitForQueuesAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await provisioner.EnsureCreatedAsync(stoppingToken);
                return;
            }
            catch (Exception e) when (e is RequestFailedException or AggregateException or TaskCanceledException && !stoppingToken.IsCancellationRequested)
            {
                Log.NotYet(logger, RetryDelay, e);
                await Task.Delay(RetryDelay, time, stoppingToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The queues could not be reached yet; trying again in {Delay}")]
        public static partial void NotYet(ILogger logger, TimeSpan delay, Exception exception);
    }
}

/// <param name="Function">The function of the app that this stands in for.</param>
/// <param name="Queue">The queue that it listens to.</param>
/// <param name="Process">What is done with a message.</param>
internal sealed record QueueTrigger(string Function, string Queue, Func<QueueMessage, CancellationToken, Task> Process);
