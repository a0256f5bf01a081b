using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A Kommo account (Kommo: Account).</summary>
public sealed class Account : KommoObject
{
    /// <summary>The account's id; the same as <c>account[id]</c> in hooks.</summary>
    public long Id { get; set; }

    /// <summary>The account's name.</summary>
    public string? Name { get; set; }

    /// <summary>The first label of the account's host.</summary>
    public string? Subdomain { get; set; }

    /// <summary>The user that the token stands for.</summary>
    public long? CurrentUserId { get; set; }

    /// <summary>The country's code.</summary>
    public string? Country { get; set; }

    /// <summary>The currency's code.</summary>
    public string? Currency { get; set; }

    /// <summary>The currency's sign.</summary>
    public string? CurrencySymbol { get; set; }

    /// <summary>How customers are used: <c>unavailable</c>, <c>disabled</c>, <c>segments</c>, <c>dynamic</c>, <c>periodicity</c>.</summary>
    public string? CustomersMode { get; set; }

    /// <summary>Whether incoming leads are on.</summary>
    public bool? IsUnsortedOn { get; set; }

    /// <summary>Whether loss reasons are on.</summary>
    public bool? IsLossReasonEnabled { get; set; }

    /// <summary>The account's id in the Chats API; with <see cref="AccountWith.AmojoId"/>.</summary>
    public string? AmojoId { get; set; }

    /// <summary>The account's version; with <see cref="AccountWith.Version"/>.</summary>
    public int? Version { get; set; }

    /// <summary>The host of the file storage; with <see cref="AccountWith.DriveUrl"/>.</summary>
    public string? DriveUrl { get; set; }

    /// <summary>Whether lists can be filtered; with <see cref="AccountWith.IsApiFilterEnabled"/>.</summary>
    public bool? IsApiFilterEnabled { get; set; }

    /// <summary>Parts asked for by <c>with</c>.</summary>
    [JsonPropertyName("_embedded")]
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<AccountEmbedded>))]
    public AccountEmbedded? Embedded { get; set; }
}
