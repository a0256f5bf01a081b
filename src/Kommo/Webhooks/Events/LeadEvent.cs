namespace Kommo.Webhooks;

/// <summary>
/// Something happened to a lead. A deleted one and one from the Digital Pipeline carry only ids: fetch the lead when
/// you need more.
/// </summary>
public abstract class LeadEvent : WebhookEvent
{
    private protected LeadEvent(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }

    /// <summary>The lead's name; can be empty.</summary>
    public string? Name => Fields["name"];

    /// <summary>The stage; only unique together with <see cref="PipelineId"/>.</summary>
    public long? StatusId => Fields.GetInt64("status_id");

    /// <summary>The stage before, where Kommo sends one; it may equal <see cref="StatusId"/>.</summary>
    public long? OldStatusId => Fields.GetInt64("old_status_id");

    /// <summary>The pipeline.</summary>
    public long? PipelineId => Fields.GetInt64("pipeline_id");

    /// <summary>The pipeline before, where Kommo sends one; it may equal <see cref="PipelineId"/>.</summary>
    public long? OldPipelineId => Fields.GetInt64("old_pipeline_id");

    /// <summary>The value in the account's currency.</summary>
    public decimal? Price => Fields.GetDecimal("price");

    /// <summary>The responsible user.</summary>
    public long? ResponsibleUserId => Fields.GetInt64("responsible_user_id");

    /// <summary>The responsible user before, where Kommo sends one; may equal <see cref="ResponsibleUserId"/>.</summary>
    public long? OldResponsibleUserId => Fields.GetInt64("old_responsible_user_id");

    /// <summary>The user who made it.</summary>
    public long? CreatedUserId => Fields.GetInt64("created_user_id");

    /// <summary>The user who changed it; 0 for robots and integrations, and now and then for people.</summary>
    public long? ModifiedUserId => Fields.GetInt64("modified_user_id");

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt => Fields.GetTime("created_at") ?? Fields.GetTime("date_create");

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt => Fields.GetTime("updated_at") ?? Fields.GetTime("last_modified");

    /// <summary>Its tags.</summary>
    public IReadOnlyList<Tag> Tags => WebhookTags.Read(Fields);

    /// <summary>Its custom fields, in the hooks' own shape.</summary>
    public IReadOnlyList<WebhookCustomField> CustomFields => WebhookCustomFields.Read(Fields);
}
