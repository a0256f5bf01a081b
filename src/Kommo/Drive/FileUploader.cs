using Kommo.Http;

namespace Kommo;

/// <summary>Sends a file in parts, each to the address that the answer to the one before named.</summary>
internal sealed class FileUploader(KommoConnection connection)
{
    private const string Upload = "/v1.0/sessions/upload/{id}";
    private static readonly ResourceRoute Sessions = new("/v1.0/sessions", "");

    public async Task<StoredFile> UploadAsync(NewUpload upload, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(upload);
        ArgumentNullException.ThrowIfNull(content);
        var left = upload.FileSize ?? (content.CanSeek
            ? content.Length - content.Position
            : throw new ArgumentException("The stream cannot tell its length: say the file's size.", nameof(upload)));
        if (left <= 0)
        {
            throw new ArgumentException("There is nothing to upload.", nameof(content));
        }

        var session = await OpenAsync(upload with { FileSize = left }, cancellationToken).ConfigureAwait(false);
        if (left > session.MaxFileSize)
        {
            throw new KommoLimitException($"A file has at most {session.MaxFileSize} bytes, not {left}.", nameof(upload));
        }

        var url = session.UploadUrl;
        while (true)
        {
            var part = new byte[Math.Min(left, session.MaxPartSize)];
            await content.ReadExactlyAsync(part, cancellationToken).ConfigureAwait(false);
            left -= part.Length;
            var (answer, sent) = await SendPartAsync(url, part, cancellationToken).ConfigureAwait(false);
            switch (sent)
            {
                case { File: { } file } when left == 0:
                    return file;
                case { NextUrl: { } next } when left > 0:
                    url = next;
                    break;
                default:
                    throw answer.Unexpected(left == 0 ? "an upload that does not end with its last byte" : "an upload that ends before its last byte");
            }
        }
    }

    public async Task<UploadSession> OpenAsync(NewUpload upload, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(upload);
        if (upload.FileSize is not > 0)
        {
            throw new ArgumentException("An upload needs the file's size.", nameof(upload));
        }

        // Nothing is there before the first part, so that a second session costs nothing.
        var call = Sessions.Call(HttpMethod.Post).With(upload, KommoJson.TypeOf<NewUpload>()) with { IsRepeatable = true };
        var answer = await connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        var session = answer.Read(KommoJson.TypeOf<UploadSession>());
        return session.MaxPartSize > 0 ? session : throw answer.Unexpected("an upload session without the size of a part");
    }

    public async Task<UploadedPart> SendAsync(Uri url, byte[] part, CancellationToken cancellationToken) =>
        (await SendPartAsync(url, part, cancellationToken).ConfigureAwait(false)).Part;

    private async Task<(KommoAnswer Answer, UploadedPart Part)> SendPartAsync(Uri url, byte[] part, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentOutOfRangeException.ThrowIfZero(part.Length, nameof(part));
        if (url.IsAbsoluteUri && !AccountAddress.SameHost(url, connection.Host))
        {
            throw new ArgumentException("The address is not on the file storage's host, where the token belongs.", nameof(url));
        }

        var call = new KommoCall(HttpMethod.Post, Upload, url.IsAbsoluteUri ? url.PathAndQuery : url.OriginalString)
        {
            Body = part,
            ContentType = "application/octet-stream",
        };
        var answer = await connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        var next = answer.Read(KommoJson.TypeOf<UploadProgress>()).NextUrl;
        return (answer, new UploadedPart(next, next is null ? answer.Read(KommoJson.TypeOf<StoredFile>()) : null));
    }
}
