using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace KommoFunctions.Local.App;

/// <summary>Keeps a message invisible to others while it is in progress.</summary>
internal sealed class MessageLease(QueueClient queue, QueueMessage message, TimeSpan duration, TimeProvider time)
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

    public Task DeleteAsync() => IgnoringLossAsync(() => queue.DeleteMessageAsync(message.MessageId, _receipt, CancellationToken.None));

    /// <summary>Lets others have the message after the delay.</summary>
    public Task GiveBackAsync(TimeSpan delay) => UpdateAsync(delay);

    private Task UpdateAsync(TimeSpan visibility) => IgnoringLossAsync(async () =>
    {
        var receipt = await queue.UpdateMessageAsync(
            message.MessageId, _receipt, visibilityTimeout: visibility, cancellationToken: CancellationToken.None);
        _receipt = receipt.Value.PopReceipt;
        return receipt.GetRawResponse();
    });

    private static async Task IgnoringLossAsync(Func<Task<Response>> change)
    {
        try
        {
            await change();
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            // The message is no longer ours, or storage is away: it will be seen again, which every step is made for.
        }
    }
}
