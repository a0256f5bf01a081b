using System.Text.Json;
using Kommo;
using Kommo.Webhooks;
using KommoFunctions.OwnWrites;
using KommoFunctions.Splitting;

namespace KommoFunctions.Outbox;

/// <summary>Changes leads. A change says what a field is to be, so in doubt it is simply sent again.</summary>
internal sealed class LeadUpdateLane : ILane
{
    public const string LaneName = "leads.update";

    private const string Update = "update";
    private const string Status = "status";
    private const string Responsible = "responsible";

    public string Name => LaneName;

    public LaneRepetition Repetition => LaneRepetition.Harmless;

    public int MostItems => KommoLimits.EntitiesPerRequest;

    public string Write(KommoCommand command) => JsonSerializer.Serialize(((UpdateLead)command).Update, KommoJson.TypeOf<LeadUpdate>());

    /// <summary>Kommo takes an entity once in a request: the ones that come later in the outbox wait for the next batch.</summary>
    public IReadOnlyList<PendingCommand> Select(IReadOnlyList<PendingCommand> commands, int limit, bool merge)
    {
        var leads = new HashSet<long>();
        return [.. commands.Take(limit).TakeWhile(command => leads.Add(Read(command).Id))];
    }

    public async Task<IReadOnlyList<DoneCommand>> SendAsync(
        KommoClient kommo, IReadOnlyList<PendingCommand> commands, CancellationToken cancellationToken)
    {
        var updates = commands.Select(c => Read(c) with { RequestId = c.Id }).ToList();
        var answers = await kommo.Leads.UpdateInOneRequestAsync(updates, cancellationToken);
        return [.. updates.Zip(answers, (update, answer) => new DoneCommand(update.RequestId!, null, TraceOf(update, answer)))];
    }

    public WriteTrace? TraceOf(WebhookEvent e) => e is { Entity: "leads", Action: Update or Status or Responsible, EntityId: { } id }
        && EventTime.OfChange(e) is { } at
            ? WriteTrace.OfChanged(id, at, e.Action)
            : null;

    public void Check(string json) => JsonSerializer.Deserialize(json, KommoJson.TypeOf<LeadUpdate>());

    public Task<IReadOnlyList<DoneCommand>> FindDoneAsync(
        KommoClient kommo,
        IReadOnlyList<PendingCommand> commands,
        DateTimeOffset since,
        IReadOnlySet<long> known,
        CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DoneCommand>>([]);

    /// <summary>A stage move and a new owner are told apart, beside the update (Kommo: Webhooks, delivery).</summary>
    private static WriteTrace? TraceOf(LeadUpdate update, UpdatedEntity answer)
    {
        if (answer.UpdatedAt is not { } at)
        {
            return null;
        }

        var actions = new List<string> { Update };
        if (update.StatusId.IsSet || update.PipelineId.IsSet)
        {
            actions.Add(Status);
        }

        if (update.ResponsibleUserId.IsSet)
        {
            actions.Add(Responsible);
        }

        return WriteTrace.OfChanged(update.Id, at, actions);
    }

    private static LeadUpdate Read(PendingCommand command) => JsonSerializer.Deserialize(command.Json, KommoJson.TypeOf<LeadUpdate>())
        ?? throw new Messaging.UnreadableMessageException($"Command {command.Id} is empty.");
}
