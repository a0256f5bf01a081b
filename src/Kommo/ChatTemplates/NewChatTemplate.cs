using System.Text.Json;

namespace Kommo;

/// <summary>A template to create (Kommo: Chat templates, adding). Null is not sent.</summary>
public sealed record NewChatTemplate : WriteItem
{
    /// <summary>The template's name.</summary>
    public required string Name { get; init; }

    /// <summary>The message's text, with placeholders such as <c>{{lead.name}}</c>.</summary>
    public required string Content { get; init; }

    /// <summary>Whose it is, one of <see cref="ChatTemplateTypes"/>. Default: Kommo's own.</summary>
    public string? Type { get; init; }

    /// <summary>The template's id on the integration's side.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Whether users may change it.</summary>
    public bool? IsEditable { get; init; }

    /// <summary>The buttons.</summary>
    public IReadOnlyList<ChatTemplateButton>? Buttons { get; init; }

    /// <summary>The file that goes with it.</summary>
    public ChatTemplateAttachment? Attachment { get; init; }

    /// <summary>WhatsApp: the heading.</summary>
    public string? WabaHeader { get; init; }

    /// <summary>WhatsApp: the foot.</summary>
    public string? WabaFooter { get; init; }

    /// <summary>WhatsApp: <c>UTILITY</c>, <c>AUTHENTICATION</c> or <c>MARKETING</c>.</summary>
    public string? WabaCategory { get; init; }

    /// <summary>WhatsApp: the language.</summary>
    public string? WabaLanguage { get; init; }

    /// <summary>WhatsApp: values for the placeholders that reviewers see.</summary>
    public JsonElement? WabaExamples { get; init; }
}
