namespace Kommo;

/// <summary>The account's lists, which cannot be narrowed (Kommo: Lists). An account has at most 10.</summary>
public sealed record CatalogQuery : ListQuery
{
    internal override void AddTo(QueryString query)
    {
    }
}
