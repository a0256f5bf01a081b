using KommoFunctions.Configuration;

namespace KommoFunctions.Reconciliation;

/// <summary>How far back missed events are looked for. Settings: <c>KommoFunctions:Reconciliation</c>.</summary>
public sealed class ReconciliationOptions
{
    /// <summary>
    /// How old an entity must be before its hook counts as missing. Default 2 min: a hook that is merely slow is not fetched twice.
    /// </summary>
    [Setting("a time span from 00:00:00 to 02:00:00, such as 00:02:00", Min = "00:00:00", Max = "02:00:00")]
    public TimeSpan Settle { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How much of what was reconciled is looked at again each time. Default 10 min: Kommo's clock and ours differ.</summary>
    [Setting("a time span from 00:00:00 to 1.00:00:00, such as 00:10:00", Min = "00:00:00", Max = "1.00:00:00")]
    public TimeSpan Overlap { get; set; } = TimeSpan.FromMinutes(10);
}
