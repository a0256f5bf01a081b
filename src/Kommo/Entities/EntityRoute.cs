namespace Kommo;

/// <summary>Where a collection is, and the name of its list under <c>_embedded</c>.</summary>
internal sealed record EntityRoute(string Path, string Key)
{
    public string TemplateOfOne => $"{Path}/{{id}}";
}
