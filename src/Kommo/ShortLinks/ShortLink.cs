namespace Kommo;

/// <summary>A short link (Kommo: Short links).</summary>
public sealed class ShortLink : KommoObject
{
    /// <summary>The short address.</summary>
    public string? Url { get; set; }

    /// <summary>Whom it is for.</summary>
    public ShortLinkMetadata? Metadata { get; set; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; set; }
}
