namespace KommoFunctions.Outbox;

/// <summary>A command that Kommo has carried out.</summary>
/// <param name="Id">The command's id.</param>
/// <param name="MadeId">Kommo's id of what it made; null for a change.</param>
internal sealed record DoneCommand(string Id, long? MadeId);
