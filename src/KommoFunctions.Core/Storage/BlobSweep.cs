using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace KommoFunctions.Storage;

/// <summary>Removes the old blobs of a container. One that is written again while it is looked at stays.</summary>
/// <param name="container">The container.</param>
/// <param name="every">The time between the starts of two complete passes.</param>
/// <param name="keep">How long a blob is kept after its last change.</param>
internal abstract class BlobSweep(BlobContainerClient container, TimeSpan every, TimeSpan keep) : ISweep
{
    /// <summary>Blobs that are looked at, and removed, at a time.</summary>
    private const int Parallelism = 32;

    private const int PageSize = 1000;

    public string Name => container.Name;

    public TimeSpan Every => every;

    public async IAsyncEnumerable<SweptPage> RunAsync(
        DateTimeOffset now, string? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var before = now - keep;
        await foreach (var page in container.GetBlobsAsync(new GetBlobsOptions(), cancellationToken).AsPages(from, PageSize))
        {
            var removed = await RemoveAsync(page.Values.Where(blob => blob.Properties.LastModified < before), cancellationToken);
            var isLast = string.IsNullOrEmpty(page.ContinuationToken) || (page.Values is [.., var newest] && IsBeyond(newest.Name, before));
            yield return new SweptPage(removed, isLast ? null : page.ContinuationToken);
            if (isLast)
            {
                yield break;
            }
        }
    }

    /// <summary>Whether all blobs whose names come after this one are younger than <paramref name="before"/>.</summary>
    protected virtual bool IsBeyond(string name, DateTimeOffset before) => false;

    /// <summary>Whether an old blob is still needed.</summary>
    protected virtual Task<bool> IsNeededAsync(string name, CancellationToken cancellationToken) => Task.FromResult(false);

    private async Task<int> RemoveAsync(IEnumerable<BlobItem> blobs, CancellationToken cancellationToken)
    {
        var removed = 0;
        await Parallel.ForEachAsync(
            blobs,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (blob, token) =>
            {
                if (!await IsNeededAsync(blob.Name, token) && await TryRemoveAsync(blob, token))
                {
                    Interlocked.Increment(ref removed);
                }
            });
        return removed;
    }

    private async Task<bool> TryRemoveAsync(BlobItem blob, CancellationToken cancellationToken)
    {
        try
        {
            await container.GetBlobClient(blob.Name).DeleteIfExistsAsync(
                conditions: new BlobRequestConditions { IfMatch = blob.Properties.ETag }, cancellationToken: cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            // Written again since it was listed.
            return false;
        }
    }
}
