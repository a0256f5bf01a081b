namespace Kommo;

/// <summary>Short links (Kommo: Short links), up to 250 in one request.</summary>
public sealed class ShortLinksClient : WriteOnlyResource<NewShortLink, ShortLink>
{
    internal ShortLinksClient(KommoConnection connection)
        : base(connection, new ResourceRoute("/api/v4/short_links", "short_links"))
    {
    }
}
