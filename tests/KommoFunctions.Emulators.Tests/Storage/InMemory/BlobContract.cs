using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using KommoFunctions.Tests;

namespace KommoFunctions.Emulators.Storage.InMemory;

/// <summary>What blobs do.</summary>
public abstract class BlobContract(StorageBackend backend)
{
    private async Task<BlobContainerClient> CreateContainerAsync()
    {
        var container = backend.Blobs.GetBlobContainerClient(AzuriteFixture.NewContainerName());
        await container.CreateAsync();
        return container;
    }

    [Fact(Timeout = 60_000)]
    public async Task A_container_is_made_once_and_is_gone_after_it_was_deleted()
    {
        var container = await CreateContainerAsync();

        var again = await Assert.ThrowsAsync<RequestFailedException>(() => container.CreateAsync());
        Assert.Null(await container.CreateIfNotExistsAsync());
        Assert.True((await container.ExistsAsync()).Value);
        await container.DeleteAsync();
        var missing = await Assert.ThrowsAsync<RequestFailedException>(() => container.GetBlobClient("b").DownloadContentAsync());

        Assert.Equal((409, "ContainerAlreadyExists"), (again.Status, again.ErrorCode));
        Assert.Equal((404, "ContainerNotFound"), (missing.Status, missing.ErrorCode));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(3_000_000)]
    public async Task A_blob_comes_back_as_it_was_put(int length)
    {
        var container = await CreateContainerAsync();
        var content = new byte[length];
        new Random(1).NextBytes(content);
        var blob = container.GetBlobClient("2026/01/31/a b+ä");

        var put = await blob.UploadAsync(new BinaryData(content), overwrite: true);
        var got = (await blob.DownloadContentAsync()).Value;
        using var streamed = new MemoryStream();
        await blob.DownloadToAsync(streamed);

        Assert.Equal(content, got.Content.ToArray());
        Assert.Equal(content, streamed.ToArray());
        Assert.Equal(put.Value.ETag, got.Details.ETag);
        Assert.Equal(length, (await blob.GetPropertiesAsync()).Value.ContentLength);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_missing_blob_is_told_from_a_missing_container()
    {
        var blob = (await CreateContainerAsync()).GetBlobClient("b");

        var missing = await Assert.ThrowsAsync<RequestFailedException>(() => blob.DownloadContentAsync());
        var metadata = await Assert.ThrowsAsync<RequestFailedException>(() => blob.SetMetadataAsync(new Dictionary<string, string> { ["a"] = "b" }));

        Assert.Equal((404, "BlobNotFound"), (missing.Status, missing.ErrorCode));
        Assert.Equal((404, "BlobNotFound"), (metadata.Status, metadata.ErrorCode));
        Assert.False((await blob.ExistsAsync()).Value);
        Assert.False((await blob.DeleteIfExistsAsync()).Value);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_blob_is_put_on_conditions()
    {
        var blob = (await CreateContainerAsync()).GetBlobClient("b");
        var first = (await blob.UploadAsync(BinaryData.FromString("1"))).Value.ETag;

        var exists = await Assert.ThrowsAsync<RequestFailedException>(() => blob.UploadAsync(BinaryData.FromString("2"), overwrite: false));
        await blob.UploadAsync(BinaryData.FromString("3"), new BlobUploadOptions { Conditions = new() { IfMatch = first } });
        var stale = await Assert.ThrowsAsync<RequestFailedException>(
            () => blob.UploadAsync(BinaryData.FromString("4"), new BlobUploadOptions { Conditions = new() { IfMatch = first } }));
        var staleDelete = await Assert.ThrowsAsync<RequestFailedException>(() => blob.DeleteAsync(conditions: new BlobRequestConditions { IfMatch = first }));

        Assert.Equal("3", (await blob.DownloadContentAsync()).Value.Content.ToString());
        Assert.Equal((409, "BlobAlreadyExists"), (exists.Status, exists.ErrorCode));
        Assert.Equal((412, "ConditionNotMet"), (stale.Status, stale.ErrorCode));
        Assert.Equal(412, staleDelete.Status);
    }

    [Fact(Timeout = 60_000)]
    public async Task Metadata_is_kept_and_its_change_moves_the_time_of_the_last_change()
    {
        var blob = (await CreateContainerAsync()).GetBlobClient("b");
        await blob.UploadAsync(BinaryData.FromString("1"));
        var before = (await blob.GetPropertiesAsync()).Value;

        await backend.PassAsync(TimeSpan.FromSeconds(2));
        await blob.SetMetadataAsync(new Dictionary<string, string> { ["renewed"] = "today" });

        var after = (await blob.GetPropertiesAsync()).Value;
        Assert.Equal("today", after.Metadata["renewed"]);
        Assert.True(after.LastModified > before.LastModified);
        Assert.NotEqual(before.ETag, after.ETag);
        Assert.Equal("1", (await blob.DownloadContentAsync()).Value.Content.ToString());
    }

    [Fact(Timeout = 60_000)]
    public async Task Blobs_are_listed_by_prefix_in_pages()
    {
        var container = await CreateContainerAsync();
        foreach (var name in new[] { "b/2", "a/1", "b/10", "b", "b/1", "c" })
        {
            await container.GetBlobClient(name).UploadAsync(BinaryData.FromString(name));
        }

        var pages = await container.GetBlobsAsync(new GetBlobsOptions { Prefix = "b/" }).AsPages(pageSizeHint: 2).ToListAsync();

        Assert.Equal(["b/1", "b/10", "b/2"], pages.SelectMany(page => page.Values).Select(blob => blob.Name));
        Assert.Equal(2, pages.Count);
        Assert.All(pages.SelectMany(page => page.Values), blob => Assert.Equal(blob.Name.Length, blob.Properties.ContentLength));
        Assert.Equal(6, await container.GetBlobsAsync(new GetBlobsOptions()).CountAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_deleted_blob_is_gone()
    {
        var blob = (await CreateContainerAsync()).GetBlobClient("b");
        await blob.UploadAsync(BinaryData.FromString("1"));

        Assert.True((await blob.DeleteIfExistsAsync()).Value);
        Assert.False((await blob.ExistsAsync()).Value);
    }
}

public sealed class AzuriteBlobTests(AzuriteFixture azurite) : BlobContract(new AzuriteBackend(azurite));

public sealed class InMemoryBlobTests() : BlobContract(new InMemoryBackend());
