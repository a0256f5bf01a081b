using System.Text.Json;

namespace Kommo;

/// <summary>A change to a template (Kommo: Chat templates, editing).</summary>
public sealed record ChatTemplateUpdate : EntityUpdate
{
    /// <summary>The template's name.</summary>
    public Change<string> Name { get; init; }

    /// <summary>The message's text, with placeholders.</summary>
    public Change<string> Content { get; init; }

    /// <summary>The template's id on the integration's side.</summary>
    public Change<string> ExternalId { get; init; }

    /// <summary>Whether users may change it.</summary>
    public Change<bool> IsEditable { get; init; }

    /// <summary>The buttons; they replace those of before.</summary>
    public IReadOnlyList<ChatTemplateButton>? Buttons { get; init; }

    /// <summary>The file that goes with it.</summary>
    public ChatTemplateAttachment? Attachment { get; init; }

    /// <summary>WhatsApp: the heading.</summary>
    public Change<string> WabaHeader { get; init; }

    /// <summary>WhatsApp: the foot.</summary>
    public Change<string> WabaFooter { get; init; }

    /// <summary>WhatsApp: <c>UTILITY</c>, <c>AUTHENTICATION</c> or <c>MARKETING</c>.</summary>
    public Change<string> WabaCategory { get; init; }

    /// <summary>WhatsApp: the language.</summary>
    public Change<string> WabaLanguage { get; init; }

    /// <summary>WhatsApp: values for the placeholders that reviewers see.</summary>
    public JsonElement? WabaExamples { get; init; }
}
