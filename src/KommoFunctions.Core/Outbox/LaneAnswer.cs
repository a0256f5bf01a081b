namespace KommoFunctions.Outbox;

/// <summary>What Kommo answered to a request of a lane. A command that is in no list was not sent: it stays.</summary>
/// <param name="Done">What Kommo carried out, merged commands each.</param>
/// <param name="Refused">What Kommo refused while it took the others, or what cannot be sent at all; with the reason.</param>
internal sealed record LaneAnswer(
    IReadOnlyList<DoneCommand> Done, IReadOnlyList<(PendingCommand Command, string Error)> Refused)
{
    /// <summary>The ids of those that were sent and that the answer says nothing of: in doubt.</summary>
    public IReadOnlyList<string> Unanswered { get; init; } = [];
}
