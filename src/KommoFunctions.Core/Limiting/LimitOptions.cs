using KommoFunctions.Configuration;

namespace KommoFunctions.Limiting;

/// <summary>How fast Kommo is called. Settings: <c>KommoFunctions:Limit</c>.</summary>
public sealed class LimitOptions
{
    /// <summary>Requests a second and account, over all instances. Default 7, Kommo's limit (Kommo: Limitations).</summary>
    [Setting("a whole number from 1 to 50, such as 7", Min = "1", Max = "50")]
    public int RequestsPerSecond { get; set; } = 7;

    /// <summary>
    /// What each window is kept longer than a second by, so that requests that travel at different speeds still arrive within the limit.
    /// Default 100 ms; the rate it leaves is 7 / 1.1 = 6.4 a second.
    /// </summary>
    [Setting("a time span from 00:00:00.004 to 00:00:10, such as 00:00:00.100", Min = "00:00:00.004", Max = "00:00:10")]
    public TimeSpan Margin { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait for a permit inside a function; beyond it the message goes back into its queue. Default 5 s: waiting is billed.</summary>
    [Setting("a time span from 00:00:01 to 00:01:00, such as 00:00:05", Min = "00:00:01", Max = "00:01:00")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Requests a second that each instance alone may make while storage is away and the instances cannot know of each other. Default 0: how many
    /// instances there are is not known, and what is done without storage cannot be noted as done. With a fixed number of instances it may be
    /// 7 divided by that, rounded down.
    /// </summary>
    [Setting("a whole number from 0 to 7, such as 0", Min = "0", Max = "7")]
    public int RequestsWithoutStorage { get; set; }

    /// <summary>How long an account is left alone after Kommo answered 429 without saying for how long. Default 1 min.</summary>
    [Setting("a time span from 00:00:01 to 01:00:00, such as 00:01:00", Min = "00:00:01", Max = "01:00:00")]
    public TimeSpan PauseWhenLimited { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an account is left alone after Kommo's block page. Default 15 min: each further call prolongs a block.</summary>
    [Setting("a time span from 00:00:01 to 1.00:00:00, such as 00:15:00", Min = "00:00:01", Max = "1.00:00:00")]
    public TimeSpan PauseWhenBlocked { get; set; } = TimeSpan.FromMinutes(15);
}
