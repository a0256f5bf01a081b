namespace Kommo;

/// <summary>Lists (Kommo: Lists). Lists cannot be deleted by the API.</summary>
public sealed class CatalogsClient : EditableResource<Catalog, CatalogQuery, NewCatalog, Catalog, CatalogUpdate, Catalog>
{
    internal CatalogsClient(KommoConnection connection)
        : base(connection, new ResourceRoute("/api/v4/catalogs", "catalogs"))
    {
    }

    /// <summary>The elements of one list.</summary>
    /// <param name="catalogId">The list's id.</param>
    public CatalogElementsClient Elements(long catalogId) => new(Connection, Route.BelowOne(catalogId, "/elements", "elements"));

    /// <summary>The custom fields of one list.</summary>
    /// <param name="catalogId">The list's id.</param>
    public CustomFieldsClient CustomFields(long catalogId) => new(Connection, Route.BelowOne(catalogId, "", ""));

    /// <summary>Reads one list; null when there is none of this id.</summary>
    /// <param name="id">The list's id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<Catalog?> GetAsync(long id, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, id), null, cancellationToken);

    /// <inheritdoc />
    public override async Task<Catalog> UpdateAsync(CatalogUpdate update, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(update);
        return (await UpdateInOneRequestAsync([update], cancellationToken).ConfigureAwait(false))[0];
    }
}
