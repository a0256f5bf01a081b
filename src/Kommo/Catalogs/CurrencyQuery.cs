namespace Kommo;

/// <summary>The currencies, which cannot be narrowed (the vendor's library, <c>currencies</c>).</summary>
public sealed record CurrencyQuery : ListQuery
{
    internal override void AddTo(QueryString query)
    {
    }
}
