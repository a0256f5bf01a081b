using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace KommoFunctions.Storage;

/// <summary>
/// Removes the old blobs of a container whose names begin with the day on which they were made (<c>yyyy/MM/dd</c>): they are listed oldest first, and
/// the list is left where the young ones begin. The storage account's lifecycle rule does the same; this is for accounts without it.
/// </summary>
/// <param name="container">The container.</param>
/// <param name="every">How long after a pass the next one begins.</param>
/// <param name="keep">How long a blob is kept after its last change.</param>
internal sealed class BlobSweep(BlobContainerClient container, TimeSpan every, TimeSpan keep) : ISweep
{
    /// <summary>Blobs that are removed at a time.</summary>
    private const int Parallelism = 32;

    private const int PageSize = 1000;

    public string Name => container.Name;

    public TimeSpan Every => every;

    public async IAsyncEnumerable<SweptPage> RunAsync(
        DateTimeOffset now, string? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var before = now - keep;
        var young = before.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture) + "~";
        await foreach (var page in container.GetBlobsAsync(new GetBlobsOptions(), cancellationToken).AsPages(from, PageSize))
        {
            var removed = await RemoveAsync(page.Values.Where(blob => blob.Properties.LastModified < before), cancellationToken);
            var isLast = string.IsNullOrEmpty(page.ContinuationToken)
                || (page.Values is [.., var newest] && string.CompareOrdinal(newest.Name, young) > 0);
            yield return new SweptPage(removed, isLast ? null : page.ContinuationToken);
            if (isLast)
            {
                yield break;
            }
        }
    }

    /// <summary>One whose message dies again at this moment is written again, and stays.</summary>
    private async Task<int> RemoveAsync(IEnumerable<BlobItem> blobs, CancellationToken cancellationToken)
    {
        var removed = 0;
        await Parallel.ForEachAsync(
            blobs,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (blob, token) =>
            {
                try
                {
                    await container.GetBlobClient(blob.Name).DeleteIfExistsAsync(
                        conditions: new BlobRequestConditions { IfMatch = blob.Properties.ETag }, cancellationToken: token);
                    Interlocked.Increment(ref removed);
                }
                catch (RequestFailedException e) when (e.Status == 412)
                {
                    // Written again since it was listed.
                }
            });
        return removed;
    }
}
