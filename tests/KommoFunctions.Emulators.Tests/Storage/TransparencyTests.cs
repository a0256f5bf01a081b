using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using KommoFunctions.Emulators.KeyVault;
using KommoFunctions.Tests;

namespace KommoFunctions.Emulators.Storage;

public sealed class TransparencyTests(AzuriteFixture fixture) : StorageTestBase(fixture)
{
    [Fact]
    public async Task Entities_with_awkward_keys_are_written_read_and_deleted()
    {
        var table = await CreateTableAsync();
        var entity = new TableEntity("it's 100% ä+&=", "a b'c") { ["Text"] = "✓" };

        await table.AddEntityAsync(entity);
        Assert.Equal("✓", (await table.GetEntityAsync<TableEntity>(entity.PartitionKey, entity.RowKey)).Value["Text"]);
        await table.DeleteEntityAsync(entity.PartitionKey, entity.RowKey);

        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>(entity.PartitionKey, entity.RowKey)).HasValue);
    }

    [Fact]
    public async Task An_update_with_a_stale_ETag_is_412()
    {
        var table = await CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Value"] = 1 });
        var read = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        await table.UpdateEntityAsync(read, read.ETag);

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.UpdateEntityAsync(read, read.ETag));

        Assert.Equal((412, "UpdateConditionNotSatisfied"), (failure.Status, failure.ErrorCode));
    }

    [Fact]
    public async Task A_transaction_and_a_query_over_many_pages_pass()
    {
        var table = await CreateTableAsync();
        var actions = Enumerable.Range(0, 100)
            .Select(number => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{number:000}")));
        await table.SubmitTransactionAsync(actions);

        var rows = await table.QueryAsync<TableEntity>(entity => entity.PartitionKey == "p", maxPerPage: 30).ToListAsync();

        Assert.Equal(Enumerable.Range(0, 100).Select(number => $"{number:000}"), rows.Select(row => row.RowKey));
        Assert.Equal(4, Proxy.Statistics[new StorageRequestKind(StorageService.Table, "GET", "entities")]);
        Assert.Equal(1, Proxy.Statistics[new StorageRequestKind(StorageService.Table, "POST", "batch")]);
    }

    [Fact]
    public async Task Messages_are_sent_received_changed_and_deleted()
    {
        var queue = await CreateQueueAsync();
        await queue.SendMessageAsync("<hello> & ✓");
        var message = (await queue.ReceiveMessageAsync()).Value;
        var receipt = (await queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, "later", TimeSpan.Zero)).Value.PopReceipt;

        Assert.Equal("<hello> & ✓", message.MessageText);
        Assert.Equal("later", (await queue.PeekMessageAsync()).Value.MessageText);
        await queue.DeleteMessageAsync(message.MessageId, receipt);
        Assert.Null((await queue.ReceiveMessageAsync()).Value);
    }

    [Fact]
    public async Task Large_blobs_stream_in_blocks_and_back()
    {
        var container = await CreateContainerAsync();
        var content = new byte[9_000_000];
        new Random(1).NextBytes(content);
        var blob = container.GetBlobClient("folder/large blob");

        await blob.UploadAsync(
            new MemoryStream(content),
            new BlobUploadOptions { TransferOptions = new() { InitialTransferSize = 1 << 20, MaximumTransferSize = 4 << 20 } });

        using var read = new MemoryStream();
        await blob.DownloadToAsync(read);
        Assert.Equal(content, read.ToArray());
        Assert.Equal(3, Proxy.Statistics[new StorageRequestKind(StorageService.Blob, "PUT", "blob?block")]);
    }

    [Fact]
    public async Task Conditional_reads_and_heads_keep_their_meaning()
    {
        var container = await CreateContainerAsync();
        var blob = container.GetBlobClient("b");
        var tag = (await blob.UploadAsync(BinaryData.FromString("12345"))).Value.ETag;

        Assert.Equal(5, (await blob.GetPropertiesAsync()).Value.ContentLength);
        Assert.False((await container.GetBlobClient("missing").ExistsAsync()).Value);
        var unchanged = await blob.DownloadContentAsync(new BlobDownloadOptions { Conditions = new() { IfNoneMatch = tag } });
        Assert.Equal(304, unchanged.GetRawResponse().Status);
        var conflict = await Assert.ThrowsAsync<RequestFailedException>(() => blob.UploadAsync(BinaryData.FromString("6"), overwrite: false));
        Assert.Equal((409, "BlobAlreadyExists"), (conflict.Status, conflict.ErrorCode));
    }

    [Fact]
    public async Task A_lease_keeps_others_out_until_it_is_released()
    {
        var container = await CreateContainerAsync();
        var source = container.GetBlobClient("source");
        await source.UploadAsync(BinaryData.FromString("x"));
        var lease = source.GetBlobLeaseClient();
        await lease.AcquireAsync(TimeSpan.FromSeconds(15));

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => source.UploadAsync(BinaryData.FromString("y"), overwrite: true));
        await lease.ReleaseAsync();
        await source.UploadAsync(BinaryData.FromString("y"), overwrite: true);

        Assert.Equal("LeaseIdMissing", refused.ErrorCode);
        Assert.Equal("y", (await source.DownloadContentAsync()).Value.Content.ToString());
    }

    [Fact]
    public async Task Requests_are_counted_by_service_and_kind()
    {
        var table = await CreateTableAsync();
        var queue = await CreateQueueAsync();

        await table.UpsertEntityAsync(new TableEntity("p", "r"), TableUpdateMode.Replace);
        await table.GetEntityAsync<TableEntity>("p", "r");
        await queue.SendMessageAsync("m");

        Assert.Equal(2, Proxy.Statistics[StorageService.Table]);
        Assert.Equal(1, Proxy.Statistics[StorageService.Queue]);
        Assert.Equal(0, Proxy.Statistics[StorageService.Blob]);
        Assert.Equal(1, Proxy.Statistics[new StorageRequestKind(StorageService.Table, "PUT", "entity")]);
        Assert.Equal(1, Proxy.Statistics[new StorageRequestKind(StorageService.Table, "GET", "entity")]);
        Assert.Equal(1, Proxy.Statistics[new StorageRequestKind(StorageService.Queue, "POST", "messages")]);
        Assert.Equal(3, Proxy.Statistics.Total);
    }
}
