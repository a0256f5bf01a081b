using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A template of messages (Kommo: Chat templates).</summary>
public sealed class ChatTemplate : KommoObject
{
    /// <summary>The template's id.</summary>
    public long Id { get; init; }

    /// <summary>The template's name.</summary>
    public string? Name { get; init; }

    /// <summary>The message's text, with placeholders.</summary>
    public string? Content { get; init; }

    /// <summary>Whose it is: <see cref="ChatTemplateTypes.AmoCrm"/> or <see cref="ChatTemplateTypes.Waba"/>.</summary>
    public string? Type { get; init; }

    /// <summary>The template's id on the integration's side.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Whether users may change it.</summary>
    public bool? IsEditable { get; init; }

    /// <summary>Whether it waits for a review.</summary>
    public bool? IsOnReview { get; init; }

    /// <summary>The buttons.</summary>
    public IReadOnlyList<ChatTemplateButton>? Buttons { get; init; }

    /// <summary>The file that goes with it.</summary>
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<ChatTemplateAttachment>))]
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

    /// <summary>The reviews; with <see cref="ChatTemplateWith.Reviews"/>.</summary>
    [JsonPropertyName("_embedded")]
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<ChatTemplateEmbedded>))]
    public ChatTemplateEmbedded? Embedded { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; init; }

    private protected override string? AnsweredKey => Id.ToString(CultureInfo.InvariantCulture);
}
