using Azure;
using Azure.Storage.Queues;
using KommoFunctions.Tests;

namespace KommoFunctions.Emulators.Storage.InMemory;

/// <summary>What queues do.</summary>
public abstract class QueueContract(StorageBackend backend)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private async Task<QueueClient> CreateQueueAsync()
    {
        var queue = backend.Queues.GetQueueClient(AzuriteFixture.NewQueueName());
        await queue.CreateAsync();
        return queue;
    }

    [Fact(Timeout = 60_000)]
    public async Task A_queue_is_made_once_and_is_gone_after_it_was_deleted()
    {
        var queue = await CreateQueueAsync();

        Assert.Null(await queue.CreateIfNotExistsAsync());
        await queue.DeleteAsync();
        var missing = await Assert.ThrowsAsync<RequestFailedException>(() => queue.SendMessageAsync("x"));

        Assert.Equal((404, "QueueNotFound"), (missing.Status, missing.ErrorCode));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_message_is_invisible_while_it_is_in_work_and_comes_again_with_a_count()
    {
        var queue = await CreateQueueAsync();
        await queue.SendMessageAsync("<hello> & ✓  ");

        var first = (await queue.ReceiveMessageAsync(Second)).Value;
        var meanwhile = (await queue.ReceiveMessageAsync(Second)).Value;
        await backend.PassAsync(Second);
        var second = (await queue.ReceiveMessageAsync(Second)).Value;

        Assert.Equal(("<hello> & ✓  ", 1), (first.MessageText, first.DequeueCount));
        Assert.Null(meanwhile);
        Assert.Equal((first.MessageId, 2), (second.MessageId, second.DequeueCount));
        Assert.NotEqual(first.PopReceipt, second.PopReceipt);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_message_is_deleted_with_its_last_receipt_only()
    {
        var queue = await CreateQueueAsync();
        await queue.SendMessageAsync("x");
        var first = (await queue.ReceiveMessageAsync(Second)).Value;
        await backend.PassAsync(Second);
        var second = (await queue.ReceiveMessageAsync(Second)).Value;

        var stale = await Assert.ThrowsAsync<RequestFailedException>(() => queue.DeleteMessageAsync(first.MessageId, first.PopReceipt));
        await queue.DeleteMessageAsync(second.MessageId, second.PopReceipt);
        var gone = await Assert.ThrowsAsync<RequestFailedException>(() => queue.DeleteMessageAsync(second.MessageId, second.PopReceipt));

        Assert.Equal((400, "PopReceiptMismatch"), (stale.Status, stale.ErrorCode));
        Assert.Equal((404, "MessageNotFound"), (gone.Status, gone.ErrorCode));
        Assert.Equal(0, (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_message_can_be_sent_for_later_and_counts_meanwhile()
    {
        var queue = await CreateQueueAsync();
        await queue.SendMessageAsync("later", visibilityTimeout: Second, timeToLive: TimeSpan.FromSeconds(-1));

        var early = (await queue.ReceiveMessageAsync()).Value;
        var count = (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount;
        await backend.PassAsync(Second);
        var due = (await queue.ReceiveMessageAsync()).Value;

        Assert.Null(early);
        Assert.Equal(1, count);
        Assert.Equal("later", due.MessageText);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_message_expires()
    {
        var queue = await CreateQueueAsync();
        await queue.SendMessageAsync("short", timeToLive: Second);
        await queue.SendMessageAsync("long", timeToLive: TimeSpan.FromSeconds(-1));

        await backend.PassAsync(Second);

        Assert.Equal("long", Assert.Single((await queue.ReceiveMessagesAsync(10)).Value).MessageText);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_look_changes_nothing()
    {
        var queue = await CreateQueueAsync();
        await queue.SendMessageAsync("a");
        await queue.SendMessageAsync("b");

        var looked = (await queue.PeekMessagesAsync(10)).Value;
        var taken = (await queue.ReceiveMessagesAsync(10)).Value;

        Assert.Equal(["a", "b"], looked.Select(message => message.MessageText));
        Assert.Equal([(1L, "a"), (1L, "b")], taken.Select(message => (message.DequeueCount, message.MessageText)));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_change_gives_a_message_another_text_receipt_and_time()
    {
        var queue = await CreateQueueAsync();
        await queue.SendMessageAsync("a");
        var taken = (await queue.ReceiveMessageAsync()).Value;

        var changed = (await queue.UpdateMessageAsync(taken.MessageId, taken.PopReceipt, "b", TimeSpan.Zero)).Value;
        var stale = await Assert.ThrowsAsync<RequestFailedException>(() => queue.UpdateMessageAsync(taken.MessageId, taken.PopReceipt, "c", TimeSpan.Zero));
        var again = (await queue.ReceiveMessageAsync()).Value;

        Assert.NotEqual(taken.PopReceipt, changed.PopReceipt);
        Assert.Equal("PopReceiptMismatch", stale.ErrorCode);
        Assert.Equal(("b", 2), (again.MessageText, again.DequeueCount));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_message_of_more_than_64_KB_is_refused()
    {
        var queue = await CreateQueueAsync();

        await queue.SendMessageAsync(new string('x', 64 * 1024));
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => queue.SendMessageAsync(new string('x', (64 * 1024) + 1)));

        Assert.Equal("RequestBodyTooLarge", refused.ErrorCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_queue_can_be_emptied()
    {
        var queue = await CreateQueueAsync();
        await queue.SendMessageAsync("a");
        await queue.SendMessageAsync("b", visibilityTimeout: TimeSpan.FromHours(1));

        await queue.ClearMessagesAsync();

        Assert.Equal(0, (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }
}

public sealed class AzuriteQueueTests(AzuriteFixture azurite) : QueueContract(new AzuriteBackend(azurite));

public sealed class InMemoryQueueTests() : QueueContract(new InMemoryBackend());
