namespace Kommo;

/// <summary>Leads (Kommo: Leads).</summary>
public sealed class LeadsClient
{
    private readonly EntityCollection<Lead, NewLead, LeadUpdate> _entities;

    internal LeadsClient(KommoConnection connection) => _entities = new(
        connection,
        new EntityRoute("/api/v4/leads", "leads"),
        KommoJsonContext.Default.Lead,
        KommoJsonContext.Default.NewLeadArray,
        KommoJsonContext.Default.LeadUpdateArray);

    /// <summary>Streams every lead that the query matches, page after page, one request per page as it is needed.</summary>
    /// <param name="query">Which ones; null for all.</param>
    /// <param name="cancellationToken">Ends the enumeration with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="KommoException">While enumerating: Kommo refused, failed or was not reached.</exception>
    public IAsyncEnumerable<Lead> ListAsync(LeadQuery? query = null, CancellationToken cancellationToken = default) =>
        _entities.ListAsync(query ?? new LeadQuery(), cancellationToken);

    /// <summary>Reads one lead; null when there is none of this id.</summary>
    /// <param name="id">The lead's id.</param>
    /// <param name="with">What to show besides the basics.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<Lead?> GetAsync(long id, LeadWith with = LeadWith.None, CancellationToken cancellationToken = default)
    {
        var query = new QueryString();
        query.AddWith(with, LeadQuery.WithNames);
        return _entities.GetAsync(id, query, cancellationToken);
    }

    /// <summary>Creates up to 250 leads in one request. The answers stand in the order of <paramref name="leads"/>.</summary>
    /// <param name="leads">What to create; an empty list sends nothing.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="ArgumentException">More than 250, or two with the same <c>request_id</c>.</exception>
    /// <exception cref="KommoValidationException">Kommo refused at least one; users report that it then creates none.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<IReadOnlyList<CreatedEntity>> CreateAsync(IReadOnlyList<NewLead> leads, CancellationToken cancellationToken = default) =>
        _entities.CreateAsync(leads, cancellationToken);

    /// <summary>Changes up to 250 leads in one request. The answers stand in the order of <paramref name="updates"/>.</summary>
    /// <param name="updates">The changes; an empty list sends nothing.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="ArgumentException">More than 250.</exception>
    /// <exception cref="KommoValidationException">Kommo refused at least one; users report that it then changes none.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<IReadOnlyList<UpdatedEntity>> UpdateAsync(IReadOnlyList<LeadUpdate> updates, CancellationToken cancellationToken = default) =>
        _entities.UpdateAsync(updates, cancellationToken);
}
