namespace Kommo;

/// <summary>The elements of one list (Kommo: Lists, elements). Elements cannot be deleted by the API.</summary>
public sealed class CatalogElementsClient
    : EditableResource<CatalogElement, CatalogElementQuery, NewCatalogElement, CatalogElement, CatalogElementUpdate, CatalogElement>
{
    internal CatalogElementsClient(KommoConnection connection, ResourceRoute route)
        : base(connection, route)
    {
    }

    /// <summary>Reads one element; null when there is none of this id.</summary>
    /// <param name="id">The element's id.</param>
    /// <param name="with">What to show besides the basics.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<CatalogElement?> GetAsync(
        long id, CatalogElementWith with = CatalogElementWith.None, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, id), QueryString.With(with), cancellationToken);

    /// <inheritdoc />
    public override async Task<CatalogElement> UpdateAsync(CatalogElementUpdate update, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(update);
        return (await UpdateInOneRequestAsync([update], cancellationToken).ConfigureAwait(false))[0];
    }
}
