using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kommo;
using Kommo.Webhooks;
using KommoFunctions.OwnWrites;
using KommoFunctions.Splitting;

namespace KommoFunctions.Outbox;

/// <summary>
/// Changes entities of one kind. A change says what a field is to be, so in doubt it is simply sent again. Several changes of one entity become one
/// item where that leaves it as they would one after the other.
/// </summary>
/// <param name="name">The lane's name.</param>
/// <param name="kind">The kind of entity as events have it (<see cref="EntityName"/>).</param>
/// <param name="update">Changes all in one request and tells when each changed, in the same order.</param>
/// <param name="listChanged">Lists those of some entities that were changed since a time; null where Kommo cannot be asked.</param>
/// <typeparam name="TUpdate">A change.</typeparam>
internal sealed class UpdateLane<TUpdate>(
    string name,
    string kind,
    Func<KommoClient, IReadOnlyList<TUpdate>, CancellationToken, Task<IReadOnlyList<DateTimeOffset?>>> update,
    Func<KommoClient, IReadOnlyList<long>, TimeRange, CancellationToken, IAsyncEnumerable<long>>? listChanged = null)
    : Lane<TUpdate>(name)
    where TUpdate : EntityUpdate
{
    /// <summary>Ids in one question: the address has no room for many.</summary>
    private const int IdsPerQuestion = 50;

    public override LaneRepetition Repetition => LaneRepetition.Harmless;

    public override string ItemOf(PendingCommand command) =>
        TryRead(command) is { } change ? change.Id.ToString(CultureInfo.InvariantCulture) : command.Id;

    /// <summary>Kommo takes an entity once in a request: what cannot be merged waits for the next one, and so does all behind it.</summary>
    public override IReadOnlyList<PendingCommand> Select(IReadOnlyList<PendingCommand> commands, int limit, bool merge)
    {
        var items = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        var selected = new List<PendingCommand>();
        foreach (var command in commands)
        {
            var (key, change) = (ItemOf(command), Parse(command));
            if (!items.TryGetValue(key, out var before))
            {
                if (items.Count == limit)
                {
                    break;
                }

                items.Add(key, change);
            }
            else if (merge && UpdateMerge.TryMerge(before, change) is { } both)
            {
                items[key] = both;
            }
            else
            {
                break;
            }

            selected.Add(command);
        }

        return selected;
    }

    public override async Task<IReadOnlyList<PendingCommand>> FindOvertakenAsync(
        KommoClient kommo, IReadOnlyList<PendingCommand> commands, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var changed = new HashSet<long>();
        foreach (var ids in commands.Select(TryRead).OfType<TUpdate>().Select(update => update.Id).Distinct().Chunk(IdsPerQuestion))
        {
            if (listChanged is not null)
            {
                changed.UnionWith(await listChanged(kommo, ids, new TimeRange(since), cancellationToken).ToListAsync(cancellationToken));
            }
        }

        return [.. commands.Where(command => TryRead(command) is { } update && changed.Contains(update.Id))];
    }

    public override WriteTrace? TraceOf(WebhookEvent e) => DirectWrite.IsChange(e.Action)
        && EntityName.Of(e) is { } entity && entity.Kind == kind
        && e.EntityId is { } id && EventTime.OfChange(e) is { } at
            ? WriteTrace.ThatCaused(e, id, at)
            : null;

    protected override async Task<LaneAnswer> SendAsync(
        KommoClient kommo, IReadOnlyList<(PendingCommand Command, TUpdate Item)> commands, CancellationToken cancellationToken)
    {
        var items = commands.GroupBy(c => c.Item.Id).Select(group => (Commands: group.ToList(), Change: Merge(group.Select(c => c.Command)))).ToList();
        var updates = items.Select(item => Typed(item.Change) with { RequestId = item.Commands[0].Command.Id }).Cast<TUpdate>().ToList();
        var times = await update(kommo, updates, cancellationToken);
        return new LaneAnswer([.. items.Zip(times, (item, at) => Done(item.Commands, item.Change, at)).SelectMany(done => done)], []);
    }

    /// <summary>The first command leaves the trace for all that were merged.</summary>
    private static IEnumerable<DoneCommand> Done(List<(PendingCommand Command, TUpdate Item)> commands, JsonObject change, DateTimeOffset? at) =>
        commands.Select((c, position) => new DoneCommand(
            c.Command.Id,
            null,
            position == 0 && at is { } time ? WriteTrace.OfChanged(c.Item.Id, time, DirectWrite.ActionsOf(change.ContainsKey), WrittenValues.Of(change))
                : null));

    private JsonObject Merge(IEnumerable<PendingCommand> commands) => commands.Select(Parse).Aggregate((before, change) =>
        UpdateMerge.TryMerge(before, change) ?? throw new InvalidOperationException($"{Name}: two changes of one batch cannot be merged."));

    private static TUpdate Typed(JsonObject change) => change.Deserialize(KommoJson.TypeOf<TUpdate>())!;

    private static JsonObject Parse(PendingCommand command)
    {
        try
        {
            return JsonNode.Parse(command.Json) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
