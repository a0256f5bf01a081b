namespace Kommo;

/// <summary>Notes on leads, contacts, companies and customers (Kommo: Notes). Notes cannot be deleted.</summary>
public sealed class NotesClient
{
    private readonly KommoConnection _connection;

    internal NotesClient(KommoConnection connection) => _connection = connection;

    /// <summary>Streams every note on entities of this kind that the query matches, page after page.</summary>
    /// <param name="entity">The kind of entity: leads, contacts, companies or customers.</param>
    /// <param name="query">Which notes; null for all.</param>
    /// <param name="cancellationToken">Ends the enumeration with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="KommoException">While enumerating: Kommo refused, failed or was not reached.</exception>
    public IAsyncEnumerable<Note> ListAsync(EntityType entity, NoteQuery? query = null, CancellationToken cancellationToken = default) =>
        On(entity).ListAsync(query ?? new NoteQuery(), cancellationToken);

    /// <summary>Reads one note; null when there is none of this id.</summary>
    /// <param name="entity">The kind of entity that it stands on.</param>
    /// <param name="id">The note's id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<Note?> GetAsync(EntityType entity, long id, CancellationToken cancellationToken = default) =>
        On(entity).GetAsync(id, new QueryString(), cancellationToken);

    /// <summary>Creates up to 250 notes in one request. The answers stand in the order of <paramref name="notes"/>.</summary>
    /// <param name="entity">The kind of entity that they stand on.</param>
    /// <param name="notes">What to create; an empty list sends nothing.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="ArgumentException">More than 250, or two with the same <c>request_id</c>.</exception>
    /// <exception cref="KommoValidationException">Kommo refused at least one.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<IReadOnlyList<CreatedEntity>> CreateAsync(
        EntityType entity, IReadOnlyList<NewNote> notes, CancellationToken cancellationToken = default) =>
        On(entity).CreateAsync(notes, cancellationToken);

    /// <summary>Changes up to 250 notes in one request. The answers stand in the order of <paramref name="updates"/>.</summary>
    /// <param name="entity">The kind of entity that they stand on.</param>
    /// <param name="updates">The changes; an empty list sends nothing.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="ArgumentException">More than 250.</exception>
    /// <exception cref="KommoValidationException">Kommo refused at least one.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<IReadOnlyList<UpdatedEntity>> UpdateAsync(
        EntityType entity, IReadOnlyList<NoteUpdate> updates, CancellationToken cancellationToken = default) =>
        On(entity).UpdateAsync(updates, cancellationToken);

    private EntityCollection<Note, NewNote, NoteUpdate> On(EntityType entity)
    {
        if (entity != EntityType.Leads && entity != EntityType.Contacts && entity != EntityType.Companies && entity != EntityType.Customers)
        {
            throw new ArgumentException("Notes stand on leads, contacts, companies and customers.", nameof(entity));
        }

        return new(
            _connection,
            new EntityRoute($"/api/v4/{entity.Name}/notes", "notes"),
            KommoJsonContext.Default.Note,
            KommoJsonContext.Default.NewNoteArray,
            KommoJsonContext.Default.NoteUpdateArray);
    }
}
