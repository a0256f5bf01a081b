namespace Kommo.Webhooks;

/// <summary>
/// Something happened to a lead. A deleted one and one from the Digital Pipeline carry only ids: fetch the lead when
/// you need more.
/// </summary>
public abstract class LeadEvent : EntityEvent
{
    private protected LeadEvent(EventSource source)
        : base(source)
    {
    }

    /// <summary>The stage; only unique together with <see cref="PipelineId"/>.</summary>
    public long? StatusId => Fields.GetInt64("status_id"u8);

    /// <summary>The stage before, where Kommo sends one; it may equal <see cref="StatusId"/>.</summary>
    public long? OldStatusId => Fields.GetInt64("old_status_id"u8);

    /// <summary>The pipeline.</summary>
    public long? PipelineId => Fields.GetInt64("pipeline_id"u8);

    /// <summary>The pipeline before, where Kommo sends one; it may equal <see cref="PipelineId"/>.</summary>
    public long? OldPipelineId => Fields.GetInt64("old_pipeline_id"u8);

    /// <summary>The value in the account's currency.</summary>
    public decimal? Price => Fields.GetDecimal("price"u8);

    /// <summary>
    /// Whether it comes from a trigger of the Digital Pipeline rather than from a subscription: such a body tells ids alone (Kommo: Webhooks,
    /// Digital Pipeline). The same change may come from both.
    /// </summary>
    public bool IsFromDigitalPipeline => DigitalPipeline.Sent(this);
}
