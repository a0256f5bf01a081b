using KommoFunctions.Configuration;

namespace KommoFunctions.Handlers;

/// <summary>What <see cref="FollowUpOnNewLead"/> does. Settings: <c>KommoFunctions:FollowUp</c>.</summary>
public sealed class FollowUpOptions
{
    /// <summary>The time from the lead's creation to the task's due time. Default 1 h: who asks is warm that long.</summary>
    [Setting("a time span such as 01:00:00", Min = "00:01:00", Max = "365.00:00:00")]
    public TimeSpan DueIn { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The task's text.</summary>
    [Setting("a text such as 'Contact the new lead'")]
    public string TaskText { get; set; } = "Contact the new lead";

    /// <summary>The task's type: 1 follow-up, 2 meeting, from 3 the account's own (Kommo: Tasks). Default 1.</summary>
    [Setting("a whole number from 1, such as 1", Min = "1")]
    public int TaskTypeId { get; set; } = 1;

    /// <summary>The note on the lead.</summary>
    [Setting("a text such as 'A follow-up task was made automatically.'")]
    public string NoteText { get; set; } = "A follow-up task was made automatically.";
}
