using System.Text.Json;
using Kommo;

namespace KommoFunctions.Outbox;

/// <summary>Changes leads. A change says what a field is to be, so in doubt it is simply sent again.</summary>
internal sealed class LeadUpdateLane : ILane
{
    public const string LaneName = "leads.update";

    public string Name => LaneName;

    public string Write(KommoCommand command) => JsonSerializer.Serialize(((UpdateLead)command).Update, KommoJsonContext.Default.LeadUpdate);

    /// <summary>Kommo takes an entity once in a request: the ones that come later in the outbox wait for the next batch.</summary>
    public IReadOnlyList<PendingCommand> Select(IReadOnlyList<PendingCommand> commands)
    {
        var leads = new HashSet<long>();
        return [.. commands.TakeWhile(command => leads.Add(Read(command).Id))];
    }

    public async Task<IReadOnlyList<DoneCommand>> SendAsync(
        KommoClient kommo, IReadOnlyList<PendingCommand> commands, CancellationToken cancellationToken)
    {
        await kommo.Leads.UpdateAsync([.. commands.Select(c => Read(c) with { RequestId = c.Id })], cancellationToken);
        return [.. commands.Select(c => new DoneCommand(c.Id, null))];
    }

    public Task<IReadOnlyList<DoneCommand>> FindDoneAsync(
        KommoClient kommo,
        IReadOnlyList<PendingCommand> commands,
        DateTimeOffset since,
        IReadOnlySet<long> known,
        CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DoneCommand>>([]);

    private static LeadUpdate Read(PendingCommand command) => JsonSerializer.Deserialize(command.Json, KommoJsonContext.Default.LeadUpdate)
        ?? throw new Messaging.UnreadableMessageException($"Command {command.Id} is empty.");
}
