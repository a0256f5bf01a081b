namespace Kommo;

/// <summary>Contacts (Kommo: Contacts).</summary>
public sealed class ContactsClient
{
    private readonly EntityCollection<Contact, NewContact, ContactUpdate> _entities;

    internal ContactsClient(KommoConnection connection) => _entities = new(
        connection,
        new EntityRoute("/api/v4/contacts", "contacts"),
        KommoJsonContext.Default.Contact,
        KommoJsonContext.Default.NewContactArray,
        KommoJsonContext.Default.ContactUpdateArray);

    /// <summary>Streams every contact that the query matches, page after page, one request per page as it is needed.</summary>
    /// <param name="query">Which ones; null for all.</param>
    /// <param name="cancellationToken">Ends the enumeration with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="KommoException">While enumerating: Kommo refused, failed or was not reached.</exception>
    public IAsyncEnumerable<Contact> ListAsync(ContactQuery? query = null, CancellationToken cancellationToken = default) =>
        _entities.ListAsync(query ?? new ContactQuery(), cancellationToken);

    /// <summary>Reads one contact; null when there is none of this id.</summary>
    /// <param name="id">The contact's id.</param>
    /// <param name="with">What to show besides the basics.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<Contact?> GetAsync(long id, ContactWith with = ContactWith.None, CancellationToken cancellationToken = default)
    {
        var query = new QueryString();
        query.AddWith(with, ContactQuery.WithNames);
        return _entities.GetAsync(id, query, cancellationToken);
    }

    /// <summary>Creates up to 250 contacts in one request. The answers stand in the order of <paramref name="contacts"/>.</summary>
    /// <param name="contacts">What to create; an empty list sends nothing.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="ArgumentException">More than 250, or two with the same <c>request_id</c>.</exception>
    /// <exception cref="KommoValidationException">Kommo refused at least one; users report that it then creates none.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<IReadOnlyList<CreatedEntity>> CreateAsync(IReadOnlyList<NewContact> contacts, CancellationToken cancellationToken = default) =>
        _entities.CreateAsync(contacts, cancellationToken);

    /// <summary>Changes up to 250 contacts in one request. The answers stand in the order of <paramref name="updates"/>.</summary>
    /// <param name="updates">The changes; an empty list sends nothing.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="ArgumentException">More than 250.</exception>
    /// <exception cref="KommoValidationException">Kommo refused at least one; users report that it then changes none.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<IReadOnlyList<UpdatedEntity>> UpdateAsync(IReadOnlyList<ContactUpdate> updates, CancellationToken cancellationToken = default) =>
        _entities.UpdateAsync(updates, cancellationToken);
}
