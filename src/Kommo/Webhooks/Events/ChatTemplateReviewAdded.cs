namespace Kommo.Webhooks;

/// <summary>A chat template was sent for review. Its body names no entity.</summary>
public sealed class ChatTemplateReviewAdded : WebhookEvent
{
    internal ChatTemplateReviewAdded(EventSource source)
        : base(source)
    {
    }

    /// <summary>What kind of template it is, such as <c>waba</c>.</summary>
    public string? TemplateType => Fields.GetText("type"u8);

    /// <summary>The template's name.</summary>
    public string? Name => Fields.GetText("name"u8);

    /// <summary>The template's text.</summary>
    public string? Content => Fields.GetText("content"u8);

    /// <summary>Whether it may be changed.</summary>
    public bool? IsEditable => Fields.GetBoolean("is_editable"u8);

    /// <summary>Whether it is being reviewed.</summary>
    public bool? IsOnReview => Fields.GetBoolean("is_on_review"u8);

    /// <summary>WhatsApp: the line below the text.</summary>
    public string? WabaFooter => Fields.GetText("waba_footer"u8);

    /// <summary>WhatsApp: the category.</summary>
    public string? WabaCategory => Fields.GetText("waba_category"u8);

    /// <summary>WhatsApp: the language.</summary>
    public string? WabaLanguage => Fields.GetText("waba_language"u8);

    /// <summary>The reviews.</summary>
    public IReadOnlyList<WebhookTemplateReview> Reviews => WebhookTemplateReview.Read(Fields);

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt => Fields.GetTime("created_at"u8);

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt => Fields.GetTime("updated_at"u8);
}
