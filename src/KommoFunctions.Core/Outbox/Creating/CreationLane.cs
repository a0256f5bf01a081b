using System.Text.Json;
using System.Text.Json.Nodes;
using Kommo;
using Kommo.Webhooks;
using KommoFunctions.OwnWrites;

namespace KommoFunctions.Outbox;

/// <summary>
/// A lane that creates something. A creation must not be repeated blindly, so in doubt Kommo is asked for what was made since, and each command is
/// matched with one thing of the same content that was not made for another command.
/// </summary>
/// <param name="name">The lane's name.</param>
/// <param name="action">The action of the events that Kommo sends of what is created.</param>
/// <typeparam name="TNew">What is sent.</typeparam>
/// <typeparam name="THeld">What Kommo answers when asked.</typeparam>
internal abstract class CreationLane<TNew, THeld>(string name, string action) : Lane<TNew>(name)
    where TNew : WriteItem
    where THeld : KommoObject
{
    /// <summary>Kommo's clock and ours may differ by this much, and its times are whole seconds.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    public override LaneRepetition Repetition => LaneRepetition.AfterAsking;

    public override IReadOnlyList<PendingCommand> Select(IReadOnlyList<PendingCommand> commands, int limit, bool merge) =>
        [.. commands.Take(limit)];

    public override async Task<IReadOnlyList<DoneCommand>> FindDoneAsync(
        KommoClient kommo,
        IReadOnlyList<PendingCommand> commands,
        DateTimeOffset since,
        IReadOnlySet<long> known,
        CancellationToken cancellationToken)
    {
        var sent = commands.Select(c => (c.Id, Item: TryRead(c))).Where(c => c.Item is not null).Select(c => (c.Id, Item: c.Item!)).ToList();
        var held = new Dictionary<long, (THeld Thing, JsonElement Content)>();
        await foreach (var thing in ListAsync(kommo, [.. sent.Select(c => c.Item)], since - ClockTolerance, cancellationToken))
        {
            if (!known.Contains(IdOf(thing)))
            {
                held[IdOf(thing)] = (thing, JsonSerializer.SerializeToElement(thing, KommoJson.TypeOf<THeld>()));
            }
        }

        return held.Count == 0 ? [] : Match(sent, held);
    }

    public override WriteTrace? TraceOf(WebhookEvent e) => e.Action == action && MadeIdOf(e) is { } id ? WriteTrace.OfMade(id, action) : null;

    /// <summary>Fields that Kommo does not hold as they were sent, or that others change as soon as the thing is there.</summary>
    protected virtual IReadOnlyList<string> Unsteady { get; } = ["request_id", "updated_at", "updated_by"];

    /// <summary>Kommo's id of what the event says was made; null when it is none of what this lane makes.</summary>
    protected abstract long? MadeIdOf(WebhookEvent e);

    protected abstract long IdOf(THeld thing);

    /// <summary>Creates all in one request and returns what was made, in the same order.</summary>
    protected abstract Task<IReadOnlyList<MadeThing>> CreateAsync(KommoClient kommo, IReadOnlyList<TNew> items, CancellationToken cancellationToken);

    /// <summary>What was made since then and could be one of the items. Must be bounded by what may have been made.</summary>
    protected abstract IAsyncEnumerable<THeld> ListAsync(
        KommoClient kommo, IReadOnlyList<TNew> items, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>The traces that a thing which was found leaves beside its own.</summary>
    protected virtual IReadOnlyList<WriteTrace> MoreTracesOf(THeld thing) => [];

    protected override async Task<LaneAnswer> SendAsync(
        KommoClient kommo, IReadOnlyList<(PendingCommand Command, TNew Item)> commands, CancellationToken cancellationToken)
    {
        var made = await CreateAsync(kommo, [.. commands.Select(c => (TNew)(c.Item with { RequestId = c.Command.Id }))], cancellationToken);
        return new LaneAnswer([.. commands.Zip(made, (c, thing) => Done(c.Command.Id, thing))], []);
    }

    /// <summary>Each thing that Kommo holds stands for one command, so that two equal commands need two.</summary>
    private List<DoneCommand> Match(List<(string Id, TNew Item)> sent, Dictionary<long, (THeld Thing, JsonElement Content)> held)
    {
        var done = new List<DoneCommand>();
        foreach (var (id, item) in sent)
        {
            var content = SentContent.Of((JsonObject)JsonSerializer.SerializeToNode(item, KommoJson.TypeOf<TNew>())!, Unsteady);
            foreach (var (heldId, (thing, heldContent)) in held)
            {
                if (JsonSubset.Matches(content, heldContent))
                {
                    done.Add(Done(id, new MadeThing(heldId, MoreTracesOf(thing))));
                    held.Remove(heldId);
                    break;
                }
            }
        }

        return done;
    }

    private DoneCommand Done(string commandId, MadeThing made) =>
        new(commandId, made.Id, WriteTrace.OfMade(made.Id, action)) { MoreTraces = made.MoreTraces ?? [] };
}
