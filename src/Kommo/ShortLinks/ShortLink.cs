namespace Kommo;

/// <summary>A short link (Kommo: Short links).</summary>
public sealed class ShortLink : KommoObject
{
    /// <summary>The short address.</summary>
    public string? Url { get; init; }

    /// <summary>Whom it is for.</summary>
    public ShortLinkMetadata? Metadata { get; init; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; init; }
}
