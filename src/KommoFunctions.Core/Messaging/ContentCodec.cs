using System.IO.Compression;
using System.Text;
using System.Text.Unicode;
using Azure;
using Azure.Storage.Blobs;
using KommoFunctions.Failures;

namespace KommoFunctions.Messaging;

/// <summary>
/// Packs a body into a message: as text when it fits, compressed when that makes it fit, else into a blob whose name the message carries
/// (claim check). A queue message holds 64 KiB, which is 48 KiB before base64.
/// </summary>
internal sealed class ContentCodec(BlobContainerClient bodies, TimeProvider time)
{
    /// <summary>The largest value that leaves room for the envelope and its failure history within 48 KiB.</summary>
    private const int MaxInline = 40 * 1024;

    /// <summary>What a reader accepts after decompression, so that a small message cannot fill the memory.</summary>
    private const int MaxUnpacked = 64 * 1024 * 1024;

    public async Task<Content> PackAsync(ReadOnlyMemory<byte> body, string id, CancellationToken cancellationToken)
    {
        if (body.Length <= MaxInline && Utf8.IsValid(body.Span) && EscapedLength(body.Span) <= MaxInline)
        {
            return Content.FromText(Encoding.UTF8.GetString(body.Span));
        }

        if (body.Length <= MaxInline / 4 * 3)
        {
            return new Content(ContentEncoding.Base64, Convert.ToBase64String(body.Span));
        }

        if (Compress(body.Span) is { } compressed)
        {
            return new Content(ContentEncoding.Brotli, Convert.ToBase64String(compressed));
        }

        var name = $"{time.GetUtcNow():yyyy/MM/dd}/{id}";
        await bodies.GetBlobClient(name).UploadAsync(new BinaryData(body), overwrite: true, cancellationToken);
        return new Content(ContentEncoding.Blob, name);
    }

    public async Task<ReadOnlyMemory<byte>> UnpackAsync(Content content, CancellationToken cancellationToken)
    {
        try
        {
            return content.Encoding switch
            {
                ContentEncoding.Text => Encoding.UTF8.GetBytes(content.Value),
                ContentEncoding.Base64 => Convert.FromBase64String(content.Value),
                ContentEncoding.Brotli => Decompress(Convert.FromBase64String(content.Value)),
                ContentEncoding.Blob => await DownloadAsync(content.Value, cancellationToken),
                _ => throw new UnreadableMessageException($"The content has the unknown encoding {content.Encoding}."),
            };
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or InvalidOperationException)
        {
            // The last is how Brotli calls invalid data.
            throw new UnreadableMessageException($"The content is not {content.Encoding}.", e);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            throw new UnreadableMessageException($"The blob {content.Value} that holds the body is gone.", e);
        }
    }

    /// <summary>
    /// Empties what <see cref="PackAsync"/> left outside the message. Called when the message is done; repeating it is harmless. The empty blob
    /// tells a message that comes once more that it is done; a missing one would look like a loss. Maintenance removes it.
    /// </summary>
    public async Task ReleaseAsync(Content content, CancellationToken cancellationToken)
    {
        if (content.Encoding == ContentEncoding.Blob)
        {
            await bodies.GetBlobClient(content.Value).UploadAsync(BinaryData.Empty, overwrite: true, cancellationToken);
        }
    }

    /// <summary>
    /// Restarts the retention period of the blob that <see cref="PackAsync"/> created, because the message continues or becomes a dead letter. Does nothing
    /// when the blob is gone.
    /// </summary>
    public async Task RenewAsync(Content content, CancellationToken cancellationToken)
    {
        if (content.Encoding != ContentEncoding.Blob)
        {
            return;
        }

        try
        {
            // Any write moves the time of the last change, by which Maintenance goes.
            await bodies.GetBlobClient(content.Value).SetMetadataAsync(
                new Dictionary<string, string> { ["renewed"] = time.GetUtcNow().ToString("O") }, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // Whoever needs it will say so.
        }
    }

    private async Task<ReadOnlyMemory<byte>> DownloadAsync(string name, CancellationToken cancellationToken)
    {
        var body = (await bodies.GetBlobClient(name).DownloadContentAsync(cancellationToken)).Value.Content.ToMemory();
        return body.IsEmpty ? throw new AlreadyDoneException($"The body in the blob {name} was processed before.") : body;
    }

    /// <summary>An upper bound of the length as a JSON string: quotes, backslashes and control characters grow.</summary>
    private static int EscapedLength(ReadOnlySpan<byte> body)
    {
        var length = body.Length;
        foreach (var b in body)
        {
            length += b switch { < 0x20 or 0x7F => 5, (byte)'"' or (byte)'\\' => 1, >= 0x80 => 3, _ => 0 };
        }

        return length;
    }

    private static byte[]? Compress(ReadOnlySpan<byte> body)
    {
        var room = new byte[MaxInline / 4 * 3];
        return BrotliEncoder.TryCompress(body, room, out var written, quality: 4, window: 22) ? room[..written] : null;
    }

    private static byte[] Decompress(byte[] compressed)
    {
        using var brotli = new BrotliStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var output = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = brotli.Read(buffer)) > 0)
        {
            if (output.Length + read > MaxUnpacked)
            {
                throw new InvalidDataException("The content is larger than this app unpacks.");
            }

            output.Write(buffer, 0, read);
        }

        return output.ToArray();
    }
}
