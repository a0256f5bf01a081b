using KommoFunctions.Configuration;

namespace KommoFunctions.Maintenance;

/// <summary>How long things are kept. Settings: <c>KommoFunctions:Maintenance</c>.</summary>
public sealed class MaintenanceOptions
{
    /// <summary>How long an event, and a command that was sent, is remembered, so that a repeated one is dropped. Default 8 days. At least 7 days, which the README promises.</summary>
    [Setting("a time span from 7.00:00:00 to 365.00:00:00, such as 8.00:00:00", Min = "7.00:00:00", Max = "365.00:00:00")]
    public TimeSpan KeepEvents { get; set; } = TimeSpan.FromDays(8);

    /// <summary>
    /// How long a body outside its message is kept beyond <see cref="KeepDeadLetters"/>, whose messages need theirs for a replay; counted anew
    /// when the message becomes a dead letter and when it is replayed. Default 30 days: a message waits for a suspended account for as long.
    /// The template's lifecycle rule (<c>keepBodiesDays</c>) has to be given at least as long.
    /// </summary>
    [Setting("a time span from 30.00:00:00 to 365.00:00:00, such as 30.00:00:00", Min = "30.00:00:00", Max = "365.00:00:00")]
    public TimeSpan KeepBodies { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a dead letter is kept after it was given up, the last time if it was replayed. Default 90 days.</summary>
    [Setting("a time span from 1.00:00:00 to 3650.00:00:00, such as 90.00:00:00", Min = "1.00:00:00", Max = "3650.00:00:00")]
    public TimeSpan KeepDeadLetters { get; set; } = TimeSpan.FromDays(90);

    /// <summary>
    /// How long the tokens of an account are kept after it removed the integration. Default 7 days, in which a removal by mistake costs nothing. The
    /// vault keeps what is deleted for a time of its own.
    /// </summary>
    [Setting("a time span from 00:00:00 to 90.00:00:00, such as 7.00:00:00", Min = "00:00:00", Max = "90.00:00:00")]
    public TimeSpan KeepSecrets { get; set; } = TimeSpan.FromDays(7);
}
