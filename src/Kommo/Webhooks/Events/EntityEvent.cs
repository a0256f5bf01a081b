namespace Kommo.Webhooks;

/// <summary>Something happened to a thing with a page of its own in Kommo: a lead, a contact, a company, a customer or a list's element.</summary>
public abstract class EntityEvent : WebhookEvent
{
    private protected EntityEvent(EventSource source)
        : base(source)
    {
    }
    private IReadOnlyList<WebhookCustomField>? _customFields;

    /// <summary>The name; can be empty.</summary>
    public string? Name => Fields.GetText("name"u8);

    /// <summary>The responsible user.</summary>
    public long? ResponsibleUserId => Fields.GetInt64("responsible_user_id"u8) ?? Fields.GetInt64("main_user_id"u8);

    /// <summary>The responsible user before, where Kommo sends one; often equal to <see cref="ResponsibleUserId"/>.</summary>
    public long? OldResponsibleUserId => Fields.GetInt64("old_responsible_user_id"u8);

    /// <summary>Whether the responsible user changed; null when the hook does not tell both.</summary>
    public bool? ResponsibleChanged => OldResponsibleUserId is { } before && ResponsibleUserId is { } now ? before != now : null;

    /// <summary>The user who made it.</summary>
    public long? CreatedUserId => Fields.GetInt64("created_user_id"u8) ?? Fields.GetInt64("created_by"u8);

    /// <summary>The user who changed it; 0 for robots and integrations, and now and then for people.</summary>
    public long? ModifiedUserId => Fields.GetInt64("modified_user_id"u8) ?? Fields.GetInt64("modified_by"u8);

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt => Fields.GetTime("created_at"u8) ?? Fields.GetTime("date_create"u8);

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt =>
        Fields.GetTime("updated_at"u8) ?? Fields.GetTime("last_modified"u8) ?? Fields.GetTime("date_modify"u8);

    /// <summary>Its tags.</summary>
    public IReadOnlyList<Tag> Tags => TagsReader.Read(Fields);

    /// <summary>Its custom fields, in the hooks' own shape; find one by id or code with <see cref="WebhookCustomFieldExtensions"/>.</summary>
    public IReadOnlyList<WebhookCustomField> CustomFields => _customFields ??= CustomFieldsReader.Read(Fields);
}
