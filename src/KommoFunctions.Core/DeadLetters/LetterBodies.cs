using System.Text;
using System.Text.Unicode;
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

    /// <summary>Characters; a column holds 32,768 of them.</summary>
    private const int MaxTextInRow = 30_000;

    /// <summary>Puts a message into a row that is yet to be written, or into a blob that the row names.</summary>
    /// <param name="row">The row.</param>
    /// <param name="message">The message.</param>
    /// <param name="name">Tells this blob from others of the same item.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public Task PutAsync(TableEntity row, BinaryData message, string name, CancellationToken cancellationToken) =>
        PutAsync(row, (Text, Blob), message, name, cancellationToken);

    /// <summary>Puts in the same way what the message was before it was edited.</summary>
    public Task PutOriginalAsync(TableEntity row, BinaryData original, string name, CancellationToken cancellationToken) =>
        PutAsync(row, (OriginalText, OriginalBlob), original, name, cancellationToken);

    public async Task<BinaryData> GetAsync(TableEntity row, CancellationToken cancellationToken) =>
        // A row from before blobs were named has its own name's.
        await FindAsync(row.GetString(Text), row.GetString(Blob) ?? Prefix(row), cancellationToken) ?? BinaryData.Empty;

    public Task<BinaryData?> GetOriginalAsync(TableEntity row, CancellationToken cancellationToken) =>
        FindAsync(row.GetString(OriginalText), row.GetString(OriginalBlob), cancellationToken);

    /// <summary>Keeps the present message as the original, unless there is one.</summary>
    public static void KeepOriginal(TableEntity row)
    {
        if (row.GetString(OriginalText) is null && row.GetString(OriginalBlob) is null)
        {
            row[OriginalText] = row.GetString(Text);
            row[OriginalBlob] = row.GetString(Text) is null ? row.GetString(Blob) ?? Prefix(row) : null;
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

    /// <summary>Removes all blobs of an item. Repeating it is harmless.</summary>
    public async Task RemoveAsync(string partitionKey, string id, CancellationToken cancellationToken)
    {
        var options = new GetBlobsOptions { Prefix = $"{partitionKey}/{id}" };
        await foreach (var blob in container.GetBlobsAsync(options, cancellationToken))
        {
            await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
        }
    }

    private async Task PutAsync(
        TableEntity row, (string Text, string Blob) columns, BinaryData message, string name, CancellationToken cancellationToken)
    {
        var bytes = message.ToMemory();
        var text = bytes.Length <= MaxTextInRow * 3 && Utf8.IsValid(bytes.Span) ? Encoding.UTF8.GetString(bytes.Span) : null;
        row[columns.Text] = text?.Length <= MaxTextInRow ? text : null;
        row[columns.Blob] = null;
        if (row[columns.Text] is null)
        {
            var blob = $"{Prefix(row)}/{name}";
            await container.GetBlobClient(blob).UploadAsync(message, overwrite: true, cancellationToken);
            row[columns.Blob] = blob;
        }
    }

    private async Task<BinaryData?> FindAsync(string? text, string? blob, CancellationToken cancellationToken) => text is not null
        ? BinaryData.FromString(text)
        : blob is null ? null : (await container.GetBlobClient(blob).DownloadContentAsync(cancellationToken)).Value.Content;

    private static string Prefix(TableEntity row) => $"{row.PartitionKey}/{row.RowKey}";
}
