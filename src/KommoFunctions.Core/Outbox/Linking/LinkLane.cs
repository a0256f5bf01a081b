using Kommo;

namespace KommoFunctions.Outbox;

/// <summary>
/// Links entities and takes links away. All of it is one lane, since a link is the same from either end and must not overtake its opposite; a request
/// is of one route. Kommo tells no time of a link, so the events that links cause are not recognised.
/// </summary>
internal sealed class LinkLane() : Lane<LinkChange>(LaneName)
{
    public const string LaneName = "links";

    /// <summary>Making a link twice, or taking one away that is not there, changes nothing (Kommo: Links).</summary>
    public override LaneRepetition Repetition => LaneRepetition.Harmless;

    /// <summary>The whole of it: only equal ones are one item.</summary>
    public override string ItemOf(PendingCommand command) => command.Json;

    /// <summary>
    /// Those of the first one's route. Others are passed over, and then whatever touches an entity of theirs, so that each entity's links change in
    /// order.
    /// </summary>
    public override IReadOnlyList<PendingCommand> Select(IReadOnlyList<PendingCommand> commands, int limit, bool merge)
    {
        if (commands.Count == 0 || TryRead(commands[0]) is not { } first)
        {
            return [.. commands.Take(1)];
        }

        var passedOver = new HashSet<(EntityType, long)>();
        var items = new Dictionary<string, LinkChange>(StringComparer.Ordinal);
        var pairs = new HashSet<string>(StringComparer.Ordinal);
        var selected = new List<PendingCommand>();
        foreach (var command in commands)
        {
            if (TryRead(command) is not { } change)
            {
                break;
            }

            var isKnown = items.ContainsKey(ItemOf(command));
            var fits = change.Route == first.Route
                && !change.Ends.Any(passedOver.Contains)
                && (isKnown ? merge : items.Count < limit && pairs.Add(string.Join('|', change.Ends)));
            if (fits)
            {
                items[ItemOf(command)] = change;
                selected.Add(command);
            }
            else
            {
                passedOver.UnionWith(change.Ends);
            }
        }

        return selected;
    }

    protected override string ToJson(LinkChange item) => item.ToJson();

    protected override LinkChange? FromJson(string json) => LinkChange.FromJson(json);

    protected override void Require(LinkChange item) => LinkRules.Require(item.Entity, item.Link.EntityId ?? 0, item.Link);

    protected override async Task<LaneAnswer> SendAsync(
        KommoClient kommo, IReadOnlyList<(PendingCommand Command, LinkChange Item)> commands, CancellationToken cancellationToken)
    {
        var items = commands.GroupBy(c => ItemOf(c.Command)).Select(group => group.ToList()).ToList();
        var links = items.Select(item => item[0].Item.Link).ToList();
        var client = ClientOf(kommo, commands[0].Item.Entity);
        try
        {
            await (commands[0].Item.IsUnlink ? client.UnlinkManyAsync(links, cancellationToken) : client.LinkManyAsync(links, cancellationToken));
        }
        catch (KommoValidationException e) when (RefusedPositions.Of(e, items.Count) is { Count: > 0 } refused)
        {
            return new LaneAnswer([], [.. refused.SelectMany(r => items[r.Position].Select(c => (c.Command, r.Error)))]);
        }

        return new LaneAnswer([.. commands.Select(c => new DoneCommand(c.Command.Id, null))], []);
    }

    private static LinksClient ClientOf(KommoClient kommo, EntityType entity) =>
        entity == EntityType.Leads ? kommo.Leads.Links
        : entity == EntityType.Contacts ? kommo.Contacts.Links
        : entity == EntityType.Companies ? kommo.Companies.Links
        : kommo.Customers.Links;
}
