namespace KommoFunctions.Outbox;

/// <summary>What is done about a creation whose request's answer was lost, so that nobody knows whether Kommo acted.</summary>
public enum InDoubtAction
{
    /// <summary>
    /// Kommo is asked what it made since, and only what is missing is sent again. What Kommo cannot be asked about, such as the run of a bot, is set aside.
    /// </summary>
    Check,

    /// <summary>It is sent again without asking: never missing, now and then doubled.</summary>
    Repeat,

    /// <summary>It becomes a dead letter with the reason <c>in-doubt</c>, for a person to look at: never doubled.</summary>
    SetAside,
}
