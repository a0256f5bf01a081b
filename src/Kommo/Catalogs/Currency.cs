namespace Kommo;

/// <summary>A currency (the vendor's library, <c>currencies</c>).</summary>
public sealed class Currency : KommoObject
{
    /// <summary>The currency's ISO 4217 code, such as <c>EUR</c>.</summary>
    public string? Code { get; set; }
}
