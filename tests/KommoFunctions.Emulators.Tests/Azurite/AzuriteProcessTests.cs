using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using KommoFunctions.Tests;

namespace KommoFunctions.Emulators.Azurite;

public sealed class AzuriteProcessTests(AzuriteFixture fixture)
{
    [Fact]
    public async Task The_table_SDK_works_against_it()
    {
        var table = new TableClient(fixture.ConnectionString, AzuriteFixture.NewTableName());
        await table.CreateAsync();

        await table.AddEntityAsync(new TableEntity("p", "r") { ["Value"] = 7 });

        Assert.Equal(7, (await table.GetEntityAsync<TableEntity>("p", "r")).Value["Value"]);
    }

    [Fact]
    public async Task The_queue_SDK_works_against_it()
    {
        var queue = new QueueClient(fixture.ConnectionString, AzuriteFixture.NewQueueName());
        await queue.CreateAsync();

        await queue.SendMessageAsync("hello");

        Assert.Equal("hello", (await queue.ReceiveMessageAsync()).Value.MessageText);
    }

    [Fact]
    public async Task The_blob_SDK_works_against_it()
    {
        var container = new BlobContainerClient(fixture.ConnectionString, AzuriteFixture.NewContainerName());
        await container.CreateAsync();

        await container.UploadBlobAsync("b", BinaryData.FromString("hello"));

        Assert.Equal("hello", (await container.GetBlobClient("b").DownloadContentAsync()).Value.Content.ToString());
    }
}
