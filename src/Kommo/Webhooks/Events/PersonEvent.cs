namespace Kommo.Webhooks;

/// <summary>Something happened to a contact or to a company; Kommo sends both as <c>contacts</c>.</summary>
public abstract class PersonEvent : WebhookEvent
{
    private protected PersonEvent(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }

    /// <summary>The name.</summary>
    public string? Name => Fields["name"];

    /// <summary>The responsible user.</summary>
    public long? ResponsibleUserId => Fields.GetInt64("responsible_user_id");

    /// <summary>The responsible user before; Kommo sends it with every update, mostly equal to <see cref="ResponsibleUserId"/>.</summary>
    public long? OldResponsibleUserId => Fields.GetInt64("old_responsible_user_id");

    /// <summary>The user who made it.</summary>
    public long? CreatedUserId => Fields.GetInt64("created_user_id");

    /// <summary>The user who changed it; 0 for robots and integrations, and now and then for people.</summary>
    public long? ModifiedUserId => Fields.GetInt64("modified_user_id");

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt => Fields.GetTime("created_at") ?? Fields.GetTime("date_create");

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt => Fields.GetTime("updated_at") ?? Fields.GetTime("last_modified");

    /// <summary>The leads linked to it.</summary>
    public IReadOnlyList<long> LinkedLeadIds => WebhookLinkedLeads.Read(Fields);

    /// <summary>Its tags.</summary>
    public IReadOnlyList<Tag> Tags => WebhookTags.Read(Fields);

    /// <summary>Its custom fields, in the hooks' own shape; telephone numbers and e-mail addresses are among them.</summary>
    public IReadOnlyList<WebhookCustomField> CustomFields => WebhookCustomFields.Read(Fields);
}
