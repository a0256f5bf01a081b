using System.Text;
using System.Text.Unicode;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace KommoFunctions.DeadLetters;

/// <summary>Where the messages of dead letters are kept: in the row, or in a blob when they are too large for it.</summary>
internal sealed class LetterBodies(BlobContainerClient container)
{
    public const string Text = "Text";
    public const string Blob = "Blob";
    public const string OriginalText = "OriginalText";
    public const string OriginalBlob = "OriginalBlob";

    /// <summary>The columns that name an item's blobs, and its keys.</summary>
    public static readonly string[] Columns = ["PartitionKey", "RowKey", Text, Blob, OriginalText, OriginalBlob];

    /// <summary>Characters; a column holds 32,768 of them.</summary>
    private const int MaxTextInRow = 30_000;

    /// <summary>Puts a message into a row that is yet to be written, or into a blob that the row names.</summary>
    /// <param name="row">The row.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public Task PutAsync(TableEntity row, BinaryData message, CancellationToken cancellationToken) =>
        PutAsync(row, Text, Blob, message, cancellationToken);

    /// <summary>Puts in the same way what the message was before it was edited.</summary>
    public Task PutOriginalAsync(TableEntity row, BinaryData original, CancellationToken cancellationToken) =>
        PutAsync(row, OriginalText, OriginalBlob, original, cancellationToken);

    public async Task<BinaryData> GetAsync(TableEntity row, CancellationToken cancellationToken) =>
        await FindAsync(row.GetString(Text), row.GetString(Blob), cancellationToken) ?? BinaryData.Empty;

    public Task<BinaryData?> GetOriginalAsync(TableEntity row, CancellationToken cancellationToken) =>
        FindAsync(row.GetString(OriginalText), row.GetString(OriginalBlob), cancellationToken);

    /// <summary>Keeps the present message as the original, unless there is one.</summary>
    public static void KeepOriginal(TableEntity row)
    {
        if (row.GetString(OriginalText) is null && row.GetString(OriginalBlob) is null)
        {
            row[OriginalText] = row.GetString(Text);
            row[OriginalBlob] = row.GetString(Blob);
        }
    }

    /// <summary>Makes the original the message again.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool TakeOriginalBack(TableEntity row)
    {
        if (row.GetString(OriginalText) is null && row.GetString(OriginalBlob) is null)
        {
            return false;
        }

        row[Text] = row.GetString(OriginalText);
        row[Blob] = row.GetString(OriginalBlob);
        row[OriginalText] = row[OriginalBlob] = null;
        return true;
    }

    /// <summary>The blobs that a row names.</summary>
    public static IEnumerable<string> NamesOf(TableEntity row) => new[] { row.GetString(Blob), row.GetString(OriginalBlob) }.OfType<string>();

    /// <summary>Removes the blobs of a row that is gone, or was replaced: those that it names, and nobody else's.</summary>
    /// <param name="row">The row.</param>
    /// <param name="kept">The row that stays, whose blobs stay too; null when none does.</param>
    /// <param name="cancellationToken">Ends the removal.</param>
    public async Task RemoveAsync(TableEntity row, TableEntity? kept, CancellationToken cancellationToken)
    {
        foreach (var name in NamesOf(row).Except(kept is null ? [] : NamesOf(kept)))
        {
            await container.DeleteBlobIfExistsAsync(name, cancellationToken: cancellationToken);
        }
    }

    private async Task PutAsync(TableEntity row, string textColumn, string blobColumn, BinaryData message, CancellationToken cancellationToken)
    {
        var bytes = message.ToMemory();
        var text = bytes.Length <= MaxTextInRow * 3 && Utf8.IsValid(bytes.Span) ? Encoding.UTF8.GetString(bytes.Span) : null;
        row[textColumn] = text?.Length <= MaxTextInRow ? text : null;
        row[blobColumn] = null;
        if (row[textColumn] is null)
        {
            // A name of its own: whoever removes an older version of the row removes that version's blobs only.
            var blob = $"{row.PartitionKey}/{row.RowKey}/{Guid.NewGuid():N}";
            await container.GetBlobClient(blob).UploadAsync(message, overwrite: true, cancellationToken);
            row[blobColumn] = blob;
        }
    }

    private async Task<BinaryData?> FindAsync(string? text, string? blob, CancellationToken cancellationToken)
    {
        if (text is not null)
        {
            return BinaryData.FromString(text);
        }

        if (blob is null)
        {
            return null;
        }

        try
        {
            return (await container.GetBlobClient(blob).DownloadContentAsync(cancellationToken)).Value.Content;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // Removed by the storage account's own rules: what is known of the item is shown without it.
            return null;
        }
    }

    /// <summary>The keys of the row that a blob was uploaded for; null for a name that this class gives to none.</summary>
    public static (string Partition, string Row)? KeysOf(string blob) => blob.Split('/') is [var partition, var row, ..] ? (partition, row) : null;
}
