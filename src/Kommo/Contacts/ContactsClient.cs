namespace Kommo;

/// <summary>Contacts (Kommo: Contacts).</summary>
public sealed class ContactsClient : EditableResource<Contact, ContactQuery, NewContact, CreatedEntity, ContactUpdate, UpdatedEntity>
{
    internal ContactsClient(KommoConnection connection)
        : base(connection, new ResourceRoute("/api/v4/contacts", "contacts")) => Notes = new NotesClient(connection, Route);

    /// <summary>Notes on contacts.</summary>
    public NotesClient Notes { get; }

    /// <summary>Reads one contact; null when there is none of this id.</summary>
    /// <param name="id">The contact's id.</param>
    /// <param name="with">What to show besides the basics.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<Contact?> GetAsync(long id, ContactWith with = ContactWith.None, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, id), QueryString.With(with), cancellationToken);
}
