using KommoFunctions.OwnWrites;

namespace KommoFunctions.Outbox;

/// <summary>A command that Kommo has carried out.</summary>
/// <param name="Id">The command's id.</param>
/// <param name="MadeId">Kommo's id of what it made; null for a change.</param>
/// <param name="Trace">What the events that Kommo sends of it will be recognised by; null when they cannot be.</param>
internal sealed record DoneCommand(string Id, long? MadeId, WriteTrace? Trace = null)
{
    /// <summary>Traces of what was made beside it: a complex lead's contact and company.</summary>
    public IReadOnlyList<WriteTrace> MoreTraces { get; init; } = [];

    /// <summary>All of them.</summary>
    public IEnumerable<WriteTrace> Traces => Trace is null ? MoreTraces : MoreTraces.Prepend(Trace);
}
