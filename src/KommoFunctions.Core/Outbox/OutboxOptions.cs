using KommoFunctions.Configuration;

namespace KommoFunctions.Outbox;

/// <summary>How writes are batched and made sure of. Settings: <c>KommoFunctions:Outbox</c>.</summary>
public sealed class OutboxOptions
{
    /// <summary>The most items in one request. Default 50, as Kommo recommends; 250 is its limit (Kommo: Limitations).</summary>
    [Setting("a whole number from 1 to 250, such as 50", Min = "1", Max = "250")]
    public int BatchSize { get; set; } = 50;

    /// <summary>
    /// How long a batch that is not full waits for company: a lane's request follows the one before it no sooner. It is a maximum age, not a pause that
    /// each new command begins anew; the first request after a quiet time goes at once. Default 500 ms: nobody notices it, and an account that
    /// writes all the time spends two of its seven requests a second on a lane instead of all.
    /// </summary>
    [Setting("a time span from 00:00:00 to 00:00:10, such as 00:00:00.500", Min = "00:00:00", Max = "00:00:10")]
    public TimeSpan BatchAge { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>What is done about a creation whose request's answer was lost. Default <see cref="InDoubtAction.Check"/>.</summary>
    [Setting("Check, Repeat or SetAside")]
    public InDoubtAction InDoubt { get; set; } = InDoubtAction.Check;

    /// <summary>
    /// How long after a request whose answer was lost Kommo is asked whether it acted. Default 10 s: Kommo may still be at it just after.
    /// </summary>
    [Setting("a time span such as 00:00:10", Min = "00:00:00.100", Max = "00:05:00")]
    public TimeSpan InDoubtDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a process that sends a lane's commands keeps the others off without a sign of life. Default 45 s: longer than a request may
    /// take, permit included.
    /// </summary>
    [Setting("a time span such as 00:00:45", Min = "00:00:05", Max = "00:10:00")]
    public TimeSpan LaneHold { get; set; } = TimeSpan.FromSeconds(45);
}
