using Azure.Storage.Blobs;
using KommoFunctions.Storage;

namespace KommoFunctions.DeadLetters;

/// <summary>
/// Removes the bodies of dead letters that no row names: a process left them that died between the row and the blob, or whose row met another writer's. A blob is
/// named within a moment of its upload or never, so one that was unnamed a day later stays so.
/// </summary>
/// <param name="container">The bodies.</param>
/// <param name="rows">The dead letters.</param>
/// <param name="every">The time between the starts of two complete passes.</param>
internal sealed class UnnamedBodySweep(BlobContainerClient container, VersionedRows rows, TimeSpan every) : BlobSweep(container, every, Keep)
{
    /// <summary>Far longer than any process takes from the blob to the row.</summary>
    public static readonly TimeSpan Keep = TimeSpan.FromDays(1);

    protected override async Task<bool> IsNeededAsync(string name, CancellationToken cancellationToken) =>
        LetterBodies.KeysOf(name) is { } keys
        && await rows.FindAsync(keys.Partition, keys.Row, cancellationToken, LetterBodies.Columns) is { } row
        && LetterBodies.NamesOf(row).Contains(name);
}
