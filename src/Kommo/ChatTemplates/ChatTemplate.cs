using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A template of messages (Kommo: Chat templates).</summary>
public sealed class ChatTemplate : KommoObject
{
    /// <summary>The template's id.</summary>
    public long Id { get; set; }

    /// <summary>The template's name.</summary>
    public string? Name { get; set; }

    /// <summary>The message's text, with placeholders.</summary>
    public string? Content { get; set; }

    /// <summary>Whose it is: <see cref="ChatTemplateTypes.AmoCrm"/> or <see cref="ChatTemplateTypes.Waba"/>.</summary>
    public string? Type { get; set; }

    /// <summary>The template's id on the integration's side.</summary>
    public string? ExternalId { get; set; }

    /// <summary>Whether users may change it.</summary>
    public bool? IsEditable { get; set; }

    /// <summary>Whether it waits for a review.</summary>
    public bool? IsOnReview { get; set; }

    /// <summary>The buttons.</summary>
    public IReadOnlyList<ChatTemplateButton>? Buttons { get; set; }

    /// <summary>The file that goes with it.</summary>
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<ChatTemplateAttachment>))]
    public ChatTemplateAttachment? Attachment { get; set; }

    /// <summary>WhatsApp: the heading.</summary>
    public string? WabaHeader { get; set; }

    /// <summary>WhatsApp: the foot.</summary>
    public string? WabaFooter { get; set; }

    /// <summary>WhatsApp: <c>UTILITY</c>, <c>AUTHENTICATION</c> or <c>MARKETING</c>.</summary>
    public string? WabaCategory { get; set; }

    /// <summary>WhatsApp: the language.</summary>
    public string? WabaLanguage { get; set; }

    /// <summary>WhatsApp: values for the placeholders that reviewers see.</summary>
    public JsonElement? WabaExamples { get; set; }

    /// <summary>The reviews; with <see cref="ChatTemplateWith.Reviews"/>.</summary>
    [JsonPropertyName("_embedded")]
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<ChatTemplateEmbedded>))]
    public ChatTemplateEmbedded? Embedded { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; set; }

    private protected override string? AnsweredKey => Id.ToString(CultureInfo.InvariantCulture);
}
