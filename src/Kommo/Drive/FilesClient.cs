namespace Kommo;

/// <summary>Which entities files belong to (Kommo: Files, entities). The files themselves: <see cref="KommoDriveClient"/>.</summary>
public sealed class FilesClient
{
    private static readonly ResourceRoute Files = new("/api/v4/files", "files");
    private readonly KommoConnection _connection;

    internal FilesClient(KommoConnection connection) => _connection = connection;

    /// <summary>Reads the entities that a file is attached to; null when there is no such file.</summary>
    /// <param name="fileUuid">The file's id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<FileEntities?> GetLinksAsync(string fileUuid, CancellationToken cancellationToken = default)
    {
        var call = Files.CallOne(HttpMethod.Get, fileUuid, "/links") with { NotFoundIsEmpty = true };
        var answer = await _connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return answer.IsEmpty ? null : answer.Read(KommoJson.TypeOf<FileEntities>());
    }
}
