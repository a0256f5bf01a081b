namespace Kommo;

/// <summary>The currencies that Kommo knows (the vendor's library, <c>currencies</c>).</summary>
public sealed class CurrenciesClient : ReadableResource<Currency, CurrencyQuery>
{
    internal CurrenciesClient(KommoConnection connection)
        : base(connection, new ResourceRoute("/api/v4/currencies", "currencies"))
    {
    }
}
