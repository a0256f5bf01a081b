using KommoFunctions.Configuration;

namespace KommoFunctions.Failures;

/// <summary>How work that cannot be done just now is tried again. Settings: <c>KommoFunctions:Retry</c>.</summary>
public sealed class RetryOptions
{
    /// <summary>The delay after the first failure. It doubles with each one, with full jitter above the half. Default 2 s: most trouble is a blip.</summary>
    [Setting("a time span such as 00:00:02", Min = "00:00:00.100", Max = "01:00:00")]
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest delay between two attempts. Default 10 min: after an outage the backlog moves again within that.</summary>
    [Setting("a time span such as 00:10:00", Min = "00:00:01", Max = "1.00:00:00")]
    public TimeSpan LongestDelay { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long transient trouble is waited out before the message becomes a dead letter. Default 3 days: a weekend.</summary>
    [Setting("a time span such as 3.00:00:00", Min = "00:01:00", Max = "30.00:00:00")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(3);

    /// <summary>How often a handler may fail by an error of its own before the event becomes a dead letter. Default 5, as Functions has it.</summary>
    [Setting("a whole number from 1 to 100, such as 5", Min = "1", Max = "100")]
    public int HandlerAttempts { get; set; } = 5;
}
