using KommoFunctions.Configuration;

namespace KommoFunctions.Fairness;

/// <summary>
/// When an account counts as busy, so that its hooks and events go into queues of their own and the other accounts' go past them. Counted by each process
/// for itself. Settings: <c>KommoFunctions:FairShare</c>.
/// </summary>
public sealed class FairShareOptions
{
    /// <summary>How many hooks, and how many events, an account may bring at once before it counts as busy. Default 50: a user's mass edit of a page.</summary>
    [Setting("a whole number from 1 to 100000, such as 50", Min = "1", Max = "100000")]
    public int Burst { get; set; } = 50;

    /// <summary>
    /// How many hooks, and how many events, a minute an account may bring for ever. Default 300: an account that brings more for long comes close to what
    /// its own limit at Kommo lets its handlers do anyway, which is seven requests a second.
    /// </summary>
    [Setting("a whole number from 1 to 1000000, such as 300", Min = "1", Max = "1000000")]
    public int PerMinute { get; set; } = 300;

    /// <summary>
    /// How many events an account may bring within a day before the metric <c>kommo.account.over_budget</c> counts those beyond, and the log names the
    /// account. They are handled all the same. Default 100,000: what costs about two dollars.
    /// </summary>
    [Setting("a whole number from 1 to 1000000000, such as 100000", Min = "1", Max = "1000000000")]
    public int EventsPerDay { get; set; } = 100_000;
}
