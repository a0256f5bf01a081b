namespace Kommo.Webhooks;

/// <summary>Something happened to a customer; accounts have them when the function is on.</summary>
public abstract class CustomerEvent : EntityEvent
{
    private protected CustomerEvent(EventSource source)
        : base(source)
    {
    }

    /// <summary>The customer's status.</summary>
    public long? StatusId => Fields.GetInt64("status_id"u8);

    /// <summary>What the next purchase is expected to bring, in the account's currency.</summary>
    public decimal? NextPrice => Fields.GetDecimal("next_price"u8);

    /// <summary>When the next purchase is expected.</summary>
    public DateTimeOffset? NextDate => Fields.GetTime("next_date"u8);

    /// <summary>The period.</summary>
    public long? PeriodId => Fields.GetInt64("period_id"u8);

    /// <summary>The period before, where Kommo sends one.</summary>
    public long? OldPeriodId => Fields.GetInt64("old_period_id"u8);
}
