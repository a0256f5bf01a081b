namespace Kommo;

/// <summary>The settings of the list of products (Kommo: Products). The products themselves are elements of that list.</summary>
public sealed class ProductsClient
{
    private static readonly ResourceRoute Settings = new("/api/v4/products/settings", "");
    private readonly KommoConnection _connection;

    internal ProductsClient(KommoConnection connection) => _connection = connection;

    /// <summary>Reads the settings; null when the account has none.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<ProductsSettings?> GetSettingsAsync(CancellationToken cancellationToken = default)
    {
        var answer = await _connection.SendAsync(Settings.Call(HttpMethod.Get) with { NotFoundIsEmpty = true }, cancellationToken).ConfigureAwait(false);
        return answer.IsEmpty ? null : answer.Read(KommoJson.TypeOf<ProductsSettings>());
    }

    /// <summary>Turns the list of products on or off.</summary>
    /// <param name="update">The change.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<ProductsSettings> UpdateSettingsAsync(ProductsSettingsUpdate update, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(update);
        var call = Settings.Call(HttpMethod.Patch).With(update, KommoJson.TypeOf<ProductsSettingsUpdate>());
        var answer = await _connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return answer.Read(KommoJson.TypeOf<ProductsSettings>());
    }
}
