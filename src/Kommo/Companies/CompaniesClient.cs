namespace Kommo;

/// <summary>Companies (Kommo: Companies).</summary>
public sealed class CompaniesClient : EditableResource<Company, CompanyQuery, NewCompany, CreatedEntity, CompanyUpdate, UpdatedEntity>
{
    internal CompaniesClient(KommoConnection connection)
        : base(connection, new ResourceRoute("/api/v4/companies", "companies")) => Notes = new NotesClient(connection, Route);

    /// <summary>Notes on companies.</summary>
    public NotesClient Notes { get; }

    /// <summary>Reads one company; null when there is none of this id.</summary>
    /// <param name="id">The company's id.</param>
    /// <param name="with">What to show besides the basics.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<Company?> GetAsync(long id, CompanyWith with = CompanyWith.None, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, id), QueryString.With(with), cancellationToken);
}
