using System.Globalization;
using Azure.Storage.Blobs;

namespace KommoFunctions.Storage;

/// <summary>
/// Removes the old blobs of a container whose names begin with the day on which they were made (<c>yyyy/MM/dd</c>): they are listed oldest first, and
/// the list is left where the young ones begin. The storage account's lifecycle rule does the same; this is for accounts without it.
/// </summary>
/// <param name="container">The container.</param>
/// <param name="every">The time between the starts of two complete passes.</param>
/// <param name="keep">How long a blob is kept after its last change.</param>
internal sealed class DatedBlobSweep(BlobContainerClient container, TimeSpan every, TimeSpan keep) : BlobSweep(container, every, keep)
{
    protected override bool IsBeyond(string name, DateTimeOffset before) =>
        string.CompareOrdinal(name, before.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture) + "~") > 0;
}
