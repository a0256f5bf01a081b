namespace KommoFunctions.Chaos;

/// <summary>What the app does with a creation whose answer was lost: its setting <c>KommoFunctions:Outbox:InDoubt</c>.</summary>
internal enum InDoubtMode
{
    /// <summary>Looks it up in Kommo before it repeats it: nothing may be doubled.</summary>
    Check,

    /// <summary>Repeats it: what Kommo had carried out is there twice.</summary>
    Repeat,

    /// <summary>Keeps it as a dead letter. An operator who replays it decides that it is to be repeated.</summary>
    SetAside,
}
