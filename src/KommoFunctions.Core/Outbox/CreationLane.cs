using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kommo;
using Kommo.Webhooks;
using KommoFunctions.OwnWrites;

namespace KommoFunctions.Outbox;

/// <summary>
/// A lane that creates something on an entity. A creation must not be repeated blindly, so in doubt the entities concerned are read and each
/// command is matched with one thing of the same content that was made since, and not for another command.
/// </summary>
/// <param name="name">The lane's name.</param>
/// <param name="action">The action of the events that Kommo sends of what is created.</param>
/// <param name="newJson">How what is sent is written.</param>
/// <param name="heldJson">How what Kommo answers is read.</param>
/// <typeparam name="TNew">What is sent.</typeparam>
/// <typeparam name="THeld">What Kommo answers when asked.</typeparam>
internal abstract class CreationLane<TNew, THeld>(
    string name, string action, JsonTypeInfo<TNew> newJson, JsonTypeInfo<THeld> heldJson) : ILane
{
    /// <summary>Kommo's clock and ours may differ by this much, and its times are whole seconds.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    /// <summary>Entities asked for in one request; their ids go into the address, whose length is limited.</summary>
    private const int EntitiesPerRequest = 40;

    public string Name { get; } = name;

    public string Write(KommoCommand command) => JsonSerializer.Serialize(ContentOf(command), newJson);

    public LaneRepetition Repetition => LaneRepetition.AfterAsking;

    public virtual int MostItems => KommoLimits.EntitiesPerRequest;

    public IReadOnlyList<PendingCommand> Select(IReadOnlyList<PendingCommand> commands, int limit, bool merge) => [.. commands.Take(limit)];

    public async Task<IReadOnlyList<DoneCommand>> SendAsync(
        KommoClient kommo, IReadOnlyList<PendingCommand> commands, CancellationToken cancellationToken)
    {
        var made = await CreateAsync(kommo, [.. commands.Select(c => WithRequestId(Read(c), c.Id))], cancellationToken);
        return [.. commands.Zip(made, (command, entity) => Done(command.Id, entity.Id))];
    }

    public async Task<IReadOnlyList<DoneCommand>> FindDoneAsync(
        KommoClient kommo,
        IReadOnlyList<PendingCommand> commands,
        DateTimeOffset since,
        IReadOnlySet<long> known,
        CancellationToken cancellationToken)
    {
        var done = new List<DoneCommand>();
        var sent = commands.Select(c => (c.Id, Item: Read(c))).ToList();
        foreach (var kind in sent.GroupBy(c => EntityOf(c.Item).Kind))
        {
            foreach (var chunk in kind.Select(c => EntityOf(c.Item).Id).Distinct().Chunk(EntitiesPerRequest))
            {
                var held = new List<(long Id, JsonElement Content)>();
                await foreach (var item in ListAsync(kommo, kind.Key, chunk, since - ClockTolerance, cancellationToken))
                {
                    if (!known.Contains(IdOf(item)))
                    {
                        held.Add((IdOf(item), JsonSerializer.SerializeToElement(item, heldJson)));
                    }
                }

                Match(kind.Where(c => chunk.Contains(EntityOf(c.Item).Id)), held, done);
            }
        }

        return done;
    }

    public WriteTrace? TraceOf(WebhookEvent e) => e.Action == action && MadeIdOf(e) is { } id ? WriteTrace.OfMade(id, action) : null;

    public void Check(string json) => JsonSerializer.Deserialize(json, newJson);

    /// <summary>Kommo's id of what the event says was made; null when it is none of what this lane makes.</summary>
    protected abstract long? MadeIdOf(WebhookEvent e);

    protected abstract TNew ContentOf(KommoCommand command);

    protected abstract TNew WithRequestId(TNew item, string requestId);

    protected abstract (EntityType Kind, long Id) EntityOf(TNew item);

    protected abstract long IdOf(THeld item);

    /// <summary>Creates all in one request and returns what was made, in the same order.</summary>
    protected abstract Task<IReadOnlyList<CreatedEntity>> CreateAsync(
        KommoClient kommo, IReadOnlyList<TNew> items, CancellationToken cancellationToken);

    /// <summary>What was made on these entities since then.</summary>
    protected abstract IAsyncEnumerable<THeld> ListAsync(
        KommoClient kommo, EntityType kind, IReadOnlyList<long> entityIds, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Each thing that Kommo holds stands for one command, so that two equal commands need two.</summary>
    private void Match(IEnumerable<(string Id, TNew Item)> sent, List<(long Id, JsonElement Content)> held, List<DoneCommand> done)
    {
        foreach (var (id, item) in sent)
        {
            var content = JsonSerializer.SerializeToElement(item, newJson);
            var index = held.FindIndex(h => JsonSubset.Matches(content, h.Content, except: "request_id"));
            if (index >= 0)
            {
                done.Add(Done(id, held[index].Id));
                held.RemoveAt(index);
            }
        }
    }

    private DoneCommand Done(string commandId, long madeId) => new(commandId, madeId, WriteTrace.OfMade(madeId, action));

    private TNew Read(PendingCommand command) => JsonSerializer.Deserialize(command.Json, newJson)
        ?? throw new Messaging.UnreadableMessageException($"Command {command.Id} is empty.");
}
