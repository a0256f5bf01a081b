using Azure.Storage.Queues;
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
internal sealed class QueueTriggers(
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
        new("SplitHook", QueueNames.Hooks, splitter.ProcessAsync),
        new("HandleEvent", QueueNames.Events, processor.ProcessAsync),
        new("DispatchCommands", QueueNames.Dispatch, dispatcher.ProcessAsync),
        new("CollectPoisonHooks", QueueNames.PoisonHooks, (message, token) => poison.CollectAsync(QueueNames.Hooks, message, token)),
        new("CollectPoisonEvents", QueueNames.PoisonEvents, (message, token) => poison.CollectAsync(QueueNames.Events, message, token)),
        new("CollectPoisonDispatch", QueueNames.PoisonDispatch, (message, token) => poison.CollectAsync(QueueNames.Dispatch, message, token)),
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await provisioner.EnsureCreatedAsync(stoppingToken);
        var service = new QueueServiceClient(
            configuration[Connection], new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        var lease = configuration.GetValue("Local:QueueLease", TimeSpan.FromSeconds(30));
        await Task.WhenAll(Triggers.Select(trigger =>
            new QueueListener(service, trigger.Queue, trigger.Process, lease, time, logger).RunAsync(stoppingToken)));
    }
}

/// <param name="Function">The function of the app that this stands in for.</param>
/// <param name="Queue">The queue that it listens to.</param>
/// <param name="Process">What is done with a message.</param>
internal sealed record QueueTrigger(string Function, string Queue, Func<BinaryData, CancellationToken, Task> Process);
