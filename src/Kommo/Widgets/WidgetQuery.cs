namespace Kommo;

/// <summary>The account's widgets, which cannot be narrowed (Kommo: Widgets).</summary>
public sealed record WidgetQuery : ListQuery
{
    internal override void AddTo(QueryString query)
    {
    }
}
