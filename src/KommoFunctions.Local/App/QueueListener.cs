using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using KommoFunctions.Messaging;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Local.App;

/// <summary>
/// Does what the Functions queue trigger does: takes up to 16 messages at once and more when 8 are left, polls ever slower while there is nothing,
/// keeps what is in progress invisible, deletes what ended, and after five failures moves a message to the poison queue. The lease is shorter than
/// the trigger's ten minutes, so that a killed process delays its messages for that long only.
/// </summary>
internal sealed partial class QueueListener(
    QueueServiceClient service, string queueName, Func<QueueMessage, CancellationToken, Task> process, TimeSpan lease, TimeProvider time, ILogger logger)
{
    private const int BatchSize = 16;
    private const int NewBatchThreshold = 8;

    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan LongestPollOfPoison = TimeSpan.FromSeconds(1);

    /// <summary>Nobody waits for what was given up.</summary>
    private readonly TimeSpan _longestPoll = IsPoison(queueName) ? LongestPollOfPoison : LongestPoll;

    private readonly QueueClient _queue = service.GetQueueClient(queueName);

    /// <summary>Behind a poison queue there is no other: what fails there too often stays there.</summary>
    private readonly QueueClient? _poison = IsPoison(queueName) ? null : service.GetQueueClient(QueueNames.Poison(queueName));

    public async Task RunAsync(CancellationToken stoppingToken)
    {
        var running = new HashSet<Task>();
        var poll = ShortestPoll;
        while (!stoppingToken.IsCancellationRequested)
        {
            var messages = await ReceiveAsync(stoppingToken);
            foreach (var message in messages)
            {
                running.Add(HandleAsync(message, stoppingToken));
            }

            poll = messages.Length > 0 ? ShortestPoll : poll * 1.5 < _longestPoll ? poll * 1.5 : _longestPoll;
            running.RemoveWhere(task => task.IsCompleted);
            while (running.Count > NewBatchThreshold)
            {
                running.Remove(await Task.WhenAny(running));
            }

            if (messages.Length == 0)
            {
                // At random, as the trigger does: else the listeners of one step after the other fall into step, at worst each a whole pause behind.
                await Task.Delay(poll * (0.8 + (0.4 * Random.Shared.NextDouble())), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Task.WhenAll(running);
    }

    private async Task<QueueMessage[]> ReceiveAsync(CancellationToken stoppingToken)
    {
        try
        {
            return await _queue.ReceiveMessagesAsync(BatchSize, lease, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return [];
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or OperationCanceledException)
        {
            Log.NotReceived(logger, queueName, e);
            return [];
        }
    }

    private async Task HandleAsync(QueueMessage message, CancellationToken stoppingToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var held = new MessageLease(_queue, message, lease, time, logger);
        var renewing = held.RenewAsync(ended.Token);
        try
        {
            if (message.DequeueCount > QueueNames.MaxDequeueCount)
            {
                if (_poison is null)
                {
                    throw new InvalidOperationException($"The message could not be collected {QueueNames.MaxDequeueCount} times.");
                }

                await _poison.SendMessageAsync(message.Body, cancellationToken: CancellationToken.None);
            }
            else
            {
                await process(message, stoppingToken);
            }

            await ended.CancelAsync();
            await renewing;
            await held.DeleteAsync();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await renewing;
            await held.GiveBackAsync(TimeSpan.Zero);
        }
        catch (Exception e)
        {
            Log.Failed(logger, queueName, message.MessageId, message.DequeueCount, e);
            await ended.CancelAsync();
            await renewing;
            await held.GiveBackAsync(lease);
        }
    }

    private static bool IsPoison(string name) => name.EndsWith(QueueNames.Poison(""), StringComparison.Ordinal);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Queue {Queue} could not be read")]
        public static partial void NotReceived(ILogger logger, string queue, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "Message {MessageId} of {Queue} failed at attempt {Attempt}")]
        public static partial void Failed(ILogger logger, string queue, string messageId, long attempt, Exception exception);
    }
}
