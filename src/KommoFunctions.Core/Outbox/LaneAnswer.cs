namespace KommoFunctions.Outbox;

/// <summary>What Kommo answered to a request of a lane. A command that is in neither list was not sent, or its answer is missing: it stays.</summary>
/// <param name="Done">What Kommo carried out, merged commands each.</param>
/// <param name="Refused">What Kommo refused while it took the others, or what cannot be sent at all; with the reason.</param>
internal sealed record LaneAnswer(
    IReadOnlyList<DoneCommand> Done, IReadOnlyList<(PendingCommand Command, string Error)> Refused);
