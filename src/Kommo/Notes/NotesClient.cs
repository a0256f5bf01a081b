namespace Kommo;

/// <summary>Notes on one kind of entity, or on one entity (Kommo: Notes). Notes cannot be deleted.</summary>
public sealed class NotesClient : EditableResource<Note, NoteQuery, NewNote, CreatedEntity, NoteUpdate, UpdatedEntity>
{
    private readonly ResourceRoute _entities;

    /// <param name="connection">The connection.</param>
    /// <param name="entities">The collection of the entities that the notes stand on.</param>
    internal NotesClient(KommoConnection connection, ResourceRoute entities)
        : this(connection, entities, entities.Below("/notes", "notes"))
    {
    }

    private NotesClient(KommoConnection connection, ResourceRoute entities, ResourceRoute route)
        : base(connection, route) => _entities = entities;

    /// <summary>The notes on one entity.</summary>
    /// <param name="entityId">The entity's id.</param>
    public NotesClient Of(long entityId) => new(Connection, _entities, _entities.BelowOne(entityId, "/notes", "notes"));

    /// <summary>Reads one note; null when there is none of this id.</summary>
    /// <param name="id">The note's id.</param>
    /// <param name="with">What to show besides the basics.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<Note?> GetAsync(long id, NoteWith with = NoteWith.None, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, id), QueryString.With(with), cancellationToken);

    /// <summary>Pins a note, so that it stands above the others.</summary>
    /// <param name="entityId">The entity that it stands on.</param>
    /// <param name="id">The note's id.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task PinAsync(long entityId, long id, CancellationToken cancellationToken = default) => PinAsync(entityId, id, "/pin", cancellationToken);

    /// <summary>Takes a note's pin off.</summary>
    /// <param name="entityId">The entity that it stands on.</param>
    /// <param name="id">The note's id.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task UnpinAsync(long entityId, long id, CancellationToken cancellationToken = default) => PinAsync(entityId, id, "/unpin", cancellationToken);

    private Task<KommoAnswer> PinAsync(long entityId, long id, string action, CancellationToken cancellationToken) => Connection.SendAsync(
        _entities.BelowOne(entityId, "/notes", "notes").CallOne(HttpMethod.Post, id, action) with { AnswerMayBeEmpty = true, IsRepeatable = true },
        cancellationToken);
}
