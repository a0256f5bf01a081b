namespace Kommo;

/// <summary>Contacts (Kommo: Contacts).</summary>
public sealed class ContactsClient : EditableResource<Contact, ContactQuery, NewContact, CreatedEntity, ContactUpdate, UpdatedEntity>
{
    internal ContactsClient(KommoConnection connection)
        : base(connection, new ResourceRoute("/api/v4/contacts", "contacts"))
    {
        Notes = new NotesClient(connection, Route);
        Tags = new TagsClient(connection, Route);
        Links = new LinksClient(connection, Route, EntityType.Companies, EntityType.Customers, EntityType.CatalogElements, EntityType.Leads);
        CustomFields = new EntityCustomFieldsClient(connection, Route);
        Chats = new ContactChatsClient(connection, Route);
    }

    /// <summary>Notes on contacts.</summary>
    public NotesClient Notes { get; }

    /// <summary>The tags of contacts.</summary>
    public TagsClient Tags { get; }

    /// <summary>Links of contacts to companies, customers, leads and elements of lists.</summary>
    public LinksClient Links { get; }

    /// <summary>The custom fields of contacts.</summary>
    public EntityCustomFieldsClient CustomFields { get; }

    /// <summary>Chats of contacts.</summary>
    public ContactChatsClient Chats { get; }

    /// <summary>The files of one contact.</summary>
    /// <param name="id">The contact's id.</param>
    public EntityFilesClient Files(long id) => new(Connection, Route, id);

    /// <summary>Reads one contact; null when there is none of this id.</summary>
    /// <param name="id">The contact's id.</param>
    /// <param name="with">What to show besides the basics.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<Contact?> GetAsync(long id, ContactWith with = ContactWith.None, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, id), QueryString.With(with), cancellationToken);
}
