namespace Kommo;

/// <summary>Companies (Kommo: Companies).</summary>
public sealed class CompaniesClient : EditableResource<Company, CompanyQuery, NewCompany, CreatedEntity, CompanyUpdate, UpdatedEntity>
{
    internal CompaniesClient(KommoConnection connection)
        : base(connection, new ResourceRoute("/api/v4/companies", "companies"))
    {
        Notes = new NotesClient(connection, Route);
        Tags = new TagsClient(connection, Route);
        Links = new LinksClient(connection, Route, EntityType.Contacts, EntityType.Leads, EntityType.Customers, EntityType.CatalogElements);
        CustomFields = new EntityCustomFieldsClient(connection, Route);
    }

    /// <summary>Notes on companies.</summary>
    public NotesClient Notes { get; }

    /// <summary>The tags of companies.</summary>
    public TagsClient Tags { get; }

    /// <summary>Links of companies to contacts, leads, customers and elements of lists.</summary>
    public LinksClient Links { get; }

    /// <summary>The custom fields of companies.</summary>
    public EntityCustomFieldsClient CustomFields { get; }

    /// <summary>The files of one company.</summary>
    /// <param name="id">The company's id.</param>
    public EntityFilesClient Files(long id) => new(Connection, Route, id);

    /// <summary>Reads one company; null when there is none of this id.</summary>
    /// <param name="id">The company's id.</param>
    /// <param name="with">What to show besides the basics.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<Company?> GetAsync(long id, CompanyWith with = CompanyWith.None, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, id), QueryString.With(with), cancellationToken);
}
