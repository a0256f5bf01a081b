using KommoFunctions.Configuration;

namespace KommoFunctions.Holds;

/// <summary>When an account is suspended, and how often it is probed then. Settings: <c>KommoFunctions:Hold</c>.</summary>
public sealed class HoldOptions
{
    /// <summary>
    /// How many times a message has to fail because Kommo is away before the account is probed; when the probe fails too, the account is suspended. The default
    /// is 3: some ten seconds, after which it is no blip.
    /// </summary>
    [Setting("a whole number from 1 to 100, such as 3", Min = "1", Max = "100")]
    public int AwayAfter { get; set; } = 3;

    /// <summary>How long an account that is suspended because Kommo is away waits for its next probe, one request; it grows to four times that. The default is 15 seconds: the work goes on within a minute of Kommo's return.</summary>
    [Setting("a time span such as 00:00:15", Min = "00:00:00.100", Max = "01:00:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How often an account is probed that needs authorization, is unpaid, or whose integration Kommo rejects. The default is 1 hour: a person has to act first, and
    /// connecting the account probes it at once.
    /// </summary>
    [Setting("a time span such as 01:00:00", Min = "00:00:01", Max = "1.00:00:00")]
    public TimeSpan LookForMending { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The shortest pause asked for by Kommo for which an account is suspended. The default is 30 seconds: a shorter pause is waited out in the queue.</summary>
    [Setting("a time span such as 00:00:30", Min = "00:00:00.100", Max = "01:00:00")]
    public TimeSpan ShortestPause { get; set; } = TimeSpan.FromSeconds(30);
}
