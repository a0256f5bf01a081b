using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>Whose a template is (Kommo: Chat templates, <c>type</c>).</summary>
public static class ChatTemplateTypes
{
    /// <summary>Kommo's own.</summary>
    public const string AmoCrm = "amocrm";

    /// <summary>WhatsApp Business; it must be reviewed before it can be sent.</summary>
    public const string Waba = "waba";
}

/// <summary>A button of a template (Kommo: Chat templates, <c>buttons</c>).</summary>
public sealed record ChatTemplateButton
{
    /// <summary>What it does: <c>inline</c> answers with its text, <c>url</c> opens an address.</summary>
    public required string Type { get; init; }

    /// <summary>The text on it.</summary>
    public required string Text { get; init; }

    /// <summary>The address that it opens.</summary>
    public string? Url { get; init; }

    /// <summary>Everything else.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }

    /// <summary>A button that answers with its text.</summary>
    public static ChatTemplateButton Inline(string text) => new() { Type = "inline", Text = text };

    /// <summary>A button that opens an address.</summary>
    public static ChatTemplateButton Link(string text, Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return new() { Type = "url", Text = text, Url = url.OriginalString };
    }
}

/// <summary>The file that goes with a template (Kommo: Chat templates, <c>attachment</c>).</summary>
public sealed record ChatTemplateAttachment
{
    /// <summary>The file's uuid in Kommo's file storage.</summary>
    public required string Id { get; init; }

    /// <summary>The file's name.</summary>
    public string? Name { get; init; }

    /// <summary>The kind: <c>picture</c>, <c>file</c>, <c>document</c> or <c>video</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Everything else.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }
}

/// <summary>What stands under <c>_embedded</c> of a template (Kommo: Chat templates).</summary>
public sealed record ChatTemplateEmbedded
{
    /// <summary>The reviews, one for each source.</summary>
    public IReadOnlyList<ChatTemplateReview>? Reviews { get; init; }

    /// <summary>Everything else.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }
}
