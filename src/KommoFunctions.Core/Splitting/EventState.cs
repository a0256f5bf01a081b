namespace KommoFunctions.Splitting;

/// <summary>What is known of an event before its handlers run.</summary>
/// <param name="IsHandled">Whether the handlers are done with it.</param>
/// <param name="IsStale">Whether they are done with one that tells a later state of the same entity.</param>
internal readonly record struct EventState(bool IsHandled, bool IsStale);
