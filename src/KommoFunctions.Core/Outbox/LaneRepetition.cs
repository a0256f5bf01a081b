namespace KommoFunctions.Outbox;

/// <summary>What is to be done about a command whose request's answer was lost.</summary>
internal enum LaneRepetition
{
    /// <summary>It says how something is to be: sending it again changes nothing.</summary>
    Harmless,

    /// <summary>Kommo is asked what it made, and only what is missing is sent again.</summary>
    AfterAsking,

    /// <summary>Kommo cannot tell whether it acted.</summary>
    Unknowable,
}
