using Kommo.Http;

namespace Kommo;

/// <summary>
/// Kommo's file storage, which has a host of its own: <see cref="Account.DriveUrl"/> (Kommo: Files). The integration needs access to files,
/// and for deleting one more right. Attaching a file to an entity is the account's matter: <see cref="EntityFilesClient"/>. Safe for concurrent
/// use; owns nothing.
/// </summary>
public sealed class KommoDriveClient : ReadableResource<StoredFile, FileQuery>
{
    private readonly FileUploader _uploader;

    /// <summary>
    /// Makes a client over <paramref name="http"/>, whose <see cref="HttpClient.BaseAddress"/> is the storage's host;
    /// <see cref="KommoPipeline.CreateClient"/> makes a suitable one, with the same token as the account's.
    /// </summary>
    /// <exception cref="ArgumentException">There is no base address, or it is neither https nor loopback.</exception>
    public KommoDriveClient(HttpClient http)
        : base(new KommoConnection(AccountAddress.Required(http)), new ResourceRoute("/v1.0/files", "files")) => _uploader = new(Connection);

    /// <summary>Makes a client with everything that it needs, as <see cref="KommoClient.Create"/> does.</summary>
    /// <param name="drive">The storage's host, such as <c>https://drive-c.kommo.com/</c>: <see cref="Account.DriveUrl"/>.</param>
    /// <param name="accessToken">The account's access token.</param>
    /// <exception cref="ArgumentException">The address is neither https nor loopback, or is more than a host; or there is no token.</exception>
    public static KommoDriveClient Create(Uri drive, string accessToken) => new(KommoClient.CreateHttp(drive, accessToken));

    /// <summary>Puts a file into the storage, in as many parts as it takes.</summary>
    /// <param name="upload">What it is.</param>
    /// <param name="content">The file, read once from where it stands to its end, one part in memory at a time; left open.</param>
    /// <param name="cancellationToken">Ends the upload; what was sent of it is lost.</param>
    /// <exception cref="ArgumentException">The stream cannot tell its length and <see cref="NewUpload.FileSize"/> is not set, or there is nothing in it.</exception>
    /// <exception cref="KommoLimitException">The file is larger than Kommo takes.</exception>
    /// <exception cref="EndOfStreamException">The stream ended before <see cref="NewUpload.FileSize"/>.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<StoredFile> UploadAsync(NewUpload upload, Stream content, CancellationToken cancellationToken = default) =>
        _uploader.UploadAsync(upload, content, cancellationToken);

    /// <summary>Begins an upload, for callers that send the parts themselves; else take <see cref="UploadAsync"/>.</summary>
    /// <param name="upload">What it is, with its size.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException"><see cref="NewUpload.FileSize"/> is not set.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<UploadSession> OpenSessionAsync(NewUpload upload, CancellationToken cancellationToken = default) =>
        _uploader.OpenAsync(upload, cancellationToken);

    /// <summary>Sends one part of a file.</summary>
    /// <param name="url">Where it goes: <see cref="UploadSession.UploadUrl"/>, then <see cref="UploadedPart.NextUrl"/>. On this storage's host alone.</param>
    /// <param name="part">The bytes, at most <see cref="UploadSession.MaxPartSize"/>.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have the part all the same.</param>
    /// <exception cref="ArgumentException">The address is on another host, or the part is empty.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<UploadedPart> UploadPartAsync(Uri url, ReadOnlyMemory<byte> part, CancellationToken cancellationToken = default) =>
        _uploader.SendAsync(url, part.ToArray(), cancellationToken);

    /// <summary>Reads one file; null when there is none of this id.</summary>
    /// <param name="uuid">The file's id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<StoredFile?> GetAsync(string uuid, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, uuid), null, cancellationToken);

    /// <summary>Reads the versions of a file; none when there is no such file.</summary>
    /// <param name="uuid">The file's id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<IReadOnlyList<FileVersion>> ListVersionsAsync(string uuid, CancellationToken cancellationToken = default)
    {
        var call = Route.CallOne(HttpMethod.Get, uuid, "/versions") with { NotFoundIsEmpty = true };
        var answer = await Connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return answer.IsEmpty ? [] : answer.ReadPage("versions", KommoJson.TypeOf<FileVersion>()).Items;
    }

    /// <summary>Gives a file another name, or shows another version of it.</summary>
    /// <param name="uuid">The file's id.</param>
    /// <param name="update">The change.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<StoredFile> UpdateAsync(string uuid, FileUpdate update, CancellationToken cancellationToken = default) =>
        WriteOneAsync<FileUpdate, StoredFile>(Route.CallOne(HttpMethod.Patch, uuid), update, cancellationToken);

    /// <summary>Puts files into the bin, from which Kommo removes them after 30 days.</summary>
    /// <param name="uuids">The files' ids; nothing is sent for none.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task DeleteAsync(IReadOnlyCollection<string> uuids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(uuids);
        var call = Route.Call(HttpMethod.Delete).With(Names(uuids), KommoJson.TypeOf<FileName[]>()) with { AnswerMayBeEmpty = true };
        return uuids.Count == 0 ? Task.CompletedTask : Connection.SendAsync(call, cancellationToken);
    }

    /// <summary>Takes files out of the bin.</summary>
    /// <param name="uuids">The files' ids; nothing is sent for none.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <returns>The files that are back.</returns>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<IReadOnlyList<StoredFile>> RestoreAsync(IReadOnlyCollection<string> uuids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(uuids);
        if (uuids.Count == 0)
        {
            return [];
        }

        var call = Route.Below("/restore", "files").Call(HttpMethod.Post).With(Names(uuids), KommoJson.TypeOf<FileName[]>());
        var answer = await Connection.SendAsync(call with { IsRepeatable = true }, cancellationToken).ConfigureAwait(false);
        return answer.IsEmpty ? [] : answer.ReadPage("files", KommoJson.TypeOf<StoredFile>()).Items;
    }

    private static FileName[] Names(IEnumerable<string> uuids) => [.. uuids.Select(uuid => new FileName(uuid))];
}
