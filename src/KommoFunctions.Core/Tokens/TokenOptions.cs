using KommoFunctions.Configuration;

namespace KommoFunctions.Tokens;

/// <summary>When tokens are refreshed. Settings: <c>KommoFunctions:Tokens</c>.</summary>
public sealed class TokenOptions
{
    /// <summary>The share of an access token's life after which the timer refreshes it. Default 50 %: half a day is left to notice trouble in.</summary>
    [Setting("a whole number of percent from 10 to 90, such as 50", Min = "10", Max = "90")]
    public int RefreshAtPercent { get; set; } = 50;

    /// <summary>How much of its life must be left for a token to be used at all. Default 1 min: a request in progress must not outlive it.</summary>
    [Setting("a time span from 00:00:05 to 01:00:00, such as 00:01:00", Min = "00:00:05", Max = "01:00:00")]
    public TimeSpan ExpiryMargin { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Accounts that are refreshed at the same time. Default 4.</summary>
    [Setting("a whole number from 1 to 64, such as 4", Min = "1", Max = "64")]
    public int Parallelism { get; set; } = 4;
}
