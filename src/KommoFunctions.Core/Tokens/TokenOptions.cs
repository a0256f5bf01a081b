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

    /// <summary>
    /// How long the vault is waited for when a new pair is to be stored, before the encrypted copy in table storage has to do. Default 20 s: the
    /// copy is as safe, and who waits for the tokens may be a message.
    /// </summary>
    [Setting("a time span from 00:00:01 to 00:05:00, such as 00:00:20", Min = "00:00:01", Max = "00:05:00")]
    public TimeSpan VaultPatience { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The wait after a refresh that failed; it doubles with each one more. Default 10 s.</summary>
    [Setting("a time span from 00:00:01 to 00:10:00, such as 00:00:10", Min = "00:00:01", Max = "00:10:00")]
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest wait between refreshes that fail. Default 30 min: within the half day that is left some twenty attempts, and Kommo is not hammered.</summary>
    [Setting("a time span from 00:01:00 to 06:00:00, such as 00:30:00", Min = "00:01:00", Max = "06:00:00")]
    public TimeSpan LongestRetryDelay { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// How long an account's refresh is locked at a time; held anew before each request to Kommo, so longer than the longest wait for a permit
    /// (1 min) and the request (20 s) together. After a crash nobody refreshes the account for that long.
    /// </summary>
    internal TimeSpan LockTime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a request waits for another process to refresh before its message goes back into the queue.</summary>
    internal TimeSpan WaitForOthers { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>How long a new pair is tried to be stored in either place before it is given up. The process ends before that, as a rule.</summary>
    internal TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromMinutes(10);
}
