using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A way to reach a source, which Kommo's website button offers (Kommo: Sources, <c>services</c>).</summary>
public sealed record SourceService
{
    /// <summary>The kind, such as <c>whatsapp</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The pages or numbers to write to.</summary>
    public IReadOnlyList<SourcePage>? Pages { get; init; }

    /// <summary>What the channel can do.</summary>
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<SourceServiceParams>))]
    public SourceServiceParams? Params { get; init; }

    /// <summary>Everything else.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }
}

/// <summary>A page or a number of a source (Kommo: Sources, <c>pages</c>).</summary>
public sealed record SourcePage
{
    /// <summary>The page's id on the integration's side.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? Id { get; init; }

    /// <summary>The page's name.</summary>
    public string? Name { get; init; }

    /// <summary>What is written to: a number, a user's name, an address.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? Link { get; init; }

    /// <summary>Everything else.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }
}

/// <summary>What a source's channel can do (Kommo: Sources, <c>params</c>).</summary>
public sealed record SourceServiceParams
{
    /// <summary>Whether it is WhatsApp Business, with templates that need a review.</summary>
    public bool? Waba { get; init; }

    /// <summary>Whether it shows list messages.</summary>
    public bool? IsSupportsListMessage { get; init; }

    /// <summary>Everything else.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }
}
