namespace KommoFunctions.Outbox;

/// <summary>What Kommo answered to a batch, command by command.</summary>
/// <param name="Done">What it carried out.</param>
/// <param name="Refused">What it refused for good, with its words.</param>
internal sealed record LaneAnswer(IReadOnlyList<DoneCommand> Done, IReadOnlyList<(PendingCommand Command, string Error)> Refused)
{
    public LaneAnswer(IReadOnlyList<DoneCommand> done)
        : this(done, [])
    {
    }
}
