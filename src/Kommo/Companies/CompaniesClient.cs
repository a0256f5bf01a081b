namespace Kommo;

/// <summary>Companies (Kommo: Companies).</summary>
public sealed class CompaniesClient
{
    private readonly EntityCollection<Company, NewCompany, CompanyUpdate> _entities;

    internal CompaniesClient(KommoConnection connection) => _entities = new(
        connection,
        new EntityRoute("/api/v4/companies", "companies"),
        KommoJsonContext.Default.Company,
        KommoJsonContext.Default.NewCompanyArray,
        KommoJsonContext.Default.CompanyUpdateArray);

    /// <summary>Streams every company that the query matches, page after page, one request per page as it is needed.</summary>
    /// <param name="query">Which ones; null for all.</param>
    /// <param name="cancellationToken">Ends the enumeration with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="KommoException">While enumerating: Kommo refused, failed or was not reached.</exception>
    public IAsyncEnumerable<Company> ListAsync(CompanyQuery? query = null, CancellationToken cancellationToken = default) =>
        _entities.ListAsync(query ?? new CompanyQuery(), cancellationToken);

    /// <summary>Reads one company; null when there is none of this id.</summary>
    /// <param name="id">The company's id.</param>
    /// <param name="with">What to show besides the basics.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<Company?> GetAsync(long id, CompanyWith with = CompanyWith.None, CancellationToken cancellationToken = default)
    {
        var query = new QueryString();
        query.AddWith(with, CompanyQuery.WithNames);
        return _entities.GetAsync(id, query, cancellationToken);
    }

    /// <summary>Creates up to 250 companies in one request. The answers stand in the order of <paramref name="companies"/>.</summary>
    /// <param name="companies">What to create; an empty list sends nothing.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="ArgumentException">More than 250, or two with the same <c>request_id</c>.</exception>
    /// <exception cref="KommoValidationException">Kommo refused at least one; users report that it then creates none.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<IReadOnlyList<CreatedEntity>> CreateAsync(IReadOnlyList<NewCompany> companies, CancellationToken cancellationToken = default) =>
        _entities.CreateAsync(companies, cancellationToken);

    /// <summary>Changes up to 250 companies in one request. The answers stand in the order of <paramref name="updates"/>.</summary>
    /// <param name="updates">The changes; an empty list sends nothing.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="ArgumentException">More than 250.</exception>
    /// <exception cref="KommoValidationException">Kommo refused at least one; users report that it then changes none.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<IReadOnlyList<UpdatedEntity>> UpdateAsync(IReadOnlyList<CompanyUpdate> updates, CancellationToken cancellationToken = default) =>
        _entities.UpdateAsync(updates, cancellationToken);
}
