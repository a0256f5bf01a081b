using Azure;
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
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await WaitForQueuesAsync(stoppingToken);
        var service = new QueueServiceClient(
            configuration[ConnectionNames.Storage], new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        var lease = configuration.GetValue("Local:QueueLease", TimeSpan.FromSeconds(30));
        await Task.WhenAll(
            Listen(QueueNames.Hooks, splitter.ProcessAsync),
            Listen(QueueNames.BusyHooks, splitter.ProcessAsync),
            Listen(QueueNames.Events, processor.ProcessAsync),
            Listen(QueueNames.BusyEvents, processor.ProcessAsync),
            Listen(QueueNames.Dispatch, (_, message, token) => dispatcher.ProcessAsync(message, token)));

        // What the trigger gives up is kept from where it leaves it.
        Task Listen(string queue, Func<string, BinaryData, CancellationToken, Task> process) => Task.WhenAll(
            RunAsync(queue, (message, token) => process(queue, message, token)),
            RunAsync(QueueNames.Poison(queue), (message, token) => poison.CollectAsync(queue, message, token)));

        Task RunAsync(string queue, Func<BinaryData, CancellationToken, Task> process) =>
            new QueueListener(service, queue, process, lease, time, logger).RunAsync(stoppingToken);
    }

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
