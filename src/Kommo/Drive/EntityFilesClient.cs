namespace Kommo;

/// <summary>
/// The files of one entity: a lead, a contact, a company or a customer (Kommo: Files, attaching). They are put into
/// the storage by <see cref="KommoDriveClient"/> first.
/// </summary>
public sealed class EntityFilesClient : ReadableResource<AttachedFile, AttachedFileQuery>
{
    /// <param name="connection">The connection.</param>
    /// <param name="entities">The collection of the entities.</param>
    /// <param name="entityId">The entity's id.</param>
    internal EntityFilesClient(KommoConnection connection, ResourceRoute entities, long entityId)
        : base(connection, entities.BelowOne(entityId, "/files", "files"))
    {
    }

    /// <summary>Attaches files to the entity.</summary>
    /// <param name="fileUuids">The files' ids; nothing is sent for none.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoNotFoundException">There is no such entity.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task AttachAsync(IReadOnlyCollection<string> fileUuids, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Put, fileUuids, cancellationToken);

    /// <summary>Detaches files from the entity; they stay in the storage.</summary>
    /// <param name="fileUuids">The files' ids; nothing is sent for none.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoNotFoundException">There is no such entity.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task DetachAsync(IReadOnlyCollection<string> fileUuids, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Delete, fileUuids, cancellationToken);

    private Task SendAsync(HttpMethod method, IReadOnlyCollection<string> fileUuids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fileUuids);
        AttachedFileName[] names = [.. fileUuids.Select(uuid => new AttachedFileName(uuid))];
        var call = Route.Call(method).With(names, KommoJson.TypeOf<AttachedFileName[]>()) with { AnswerMayBeEmpty = true };
        return names.Length == 0 ? Task.CompletedTask : Connection.SendAsync(call, cancellationToken);
    }
}
