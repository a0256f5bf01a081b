using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Local.App;

/// <summary>Keeps a message invisible to others while it is in progress.</summary>
internal sealed partial class MessageLease(
    QueueClient queue, QueueMessage message, TimeSpan duration, TimeProvider time, ILogger logger)
{
    private string _receipt = message.PopReceipt;

    /// <summary>Renews the lease at half its time until it is cancelled.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(duration / 2, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            await UpdateAsync(duration);
        }
    }

    public Task DeleteAsync() => ReportingLossAsync(() => queue.DeleteMessageAsync(message.MessageId, _receipt, CancellationToken.None));

    /// <summary>Lets others have the message after the delay.</summary>
    public Task GiveBackAsync(TimeSpan delay) => UpdateAsync(delay);

    private Task UpdateAsync(TimeSpan visibility) => ReportingLossAsync(async () =>
    {
        var receipt = await queue.UpdateMessageAsync(
            message.MessageId, _receipt, visibilityTimeout: visibility, cancellationToken: CancellationToken.None);
        _receipt = receipt.Value.PopReceipt;
        return receipt.GetRawResponse();
    });

    private async Task ReportingLossAsync(Func<Task<Response>> change)
    {
        try
        {
            await change();
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            // The message is no longer ours, or storage is away: it will be seen again, which every step is made for.
            Log.Lost(logger, queue.Name, message.MessageId, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The lease of message {MessageId} of {Queue} is lost; the message will come again")]
        public static partial void Lost(ILogger logger, string queue, string messageId, Exception exception);
    }
}
