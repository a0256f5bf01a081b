using KommoFunctions.Configuration;

namespace KommoFunctions.Holds;

/// <summary>When an account's work is set aside as a whole, and when it is looked at again. Settings: <c>KommoFunctions:Hold</c>.</summary>
public sealed class HoldOptions
{
    /// <summary>
    /// How often a message has to fail because Kommo is away before Kommo is asked for the account itself, and the account held when that fails too. Default 3: some
    /// ten seconds, after which it is no blip.
    /// </summary>
    [Setting("a whole number from 1 to 100, such as 3", Min = "1", Max = "100")]
    public int AwayAfter { get; set; } = 3;

    /// <summary>How long after that Kommo is asked again, one request for the whole account; it grows to the fourfold. Default 15 s: the work goes on within a minute of Kommo's return.</summary>
    [Setting("a time span such as 00:00:15", Min = "00:00:00.100", Max = "01:00:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How often an account that needs authorization, or is not paid for, is looked at without anything having happened; connecting it resumes it at once. Default 1 h.
    /// </summary>
    [Setting("a time span such as 01:00:00", Min = "00:00:01", Max = "1.00:00:00")]
    public TimeSpan LookForMending { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The shortest pause, asked for by Kommo, for which an account is held. Default 30 s: what is shorter is waited out in the queue.</summary>
    [Setting("a time span such as 00:00:30", Min = "00:00:00.100", Max = "01:00:00")]
    public TimeSpan ShortestPause { get; set; } = TimeSpan.FromSeconds(30);
}
