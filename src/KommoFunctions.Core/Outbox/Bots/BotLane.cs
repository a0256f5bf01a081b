using Kommo;

namespace KommoFunctions.Outbox;

/// <summary>
/// Runs and stops bots. Both are one lane, so that a stop does not overtake the run before it. Kommo does not tell which bots it has run, so a run in
/// doubt stays in doubt.
/// </summary>
internal sealed class BotLane() : Lane<BotAction>(LaneName)
{
    public const string LaneName = "bots";

    public override LaneRepetition Repetition => LaneRepetition.Unknowable;

    public override int MostItems => KommoLimits.BotsPerRequest;

    /// <exception cref="ArgumentException">Kommo has no such run of a bot.</exception>
    public static void Require(long bot, EntityType entity, long entityId, bool isStop)
    {
        CommandCheck.Id(bot, "A bot");
        CommandCheck.Id(entityId, "The entity of a bot");
        CommandCheck.Kind(entity, "A bot", isStop ? [EntityType.Leads] : [EntityType.Leads, EntityType.Contacts, EntityType.Customers]);
    }

    /// <summary>Stopping a bot that has stopped changes nothing.</summary>
    public override LaneRepetition RepetitionOf(PendingCommand command) =>
        TryRead(command) is { IsStop: true } ? LaneRepetition.Harmless : LaneRepetition.Unknowable;

    /// <summary>A stop alone, or runs for different entities: only one bot runs for an entity at a time.</summary>
    public override IReadOnlyList<PendingCommand> Select(IReadOnlyList<PendingCommand> commands, int limit, bool merge)
    {
        if (commands.Count == 0 || TryRead(commands[0]) is not { IsStop: false })
        {
            return [.. commands.Take(1)];
        }

        var entities = new HashSet<(EntityType, long)>();
        return
        [
            .. commands.Take(limit).TakeWhile(command =>
                TryRead(command) is { IsStop: false } action && entities.Add((action.Run.EntityType, action.Run.EntityId))),
        ];
    }

    protected override string ToJson(BotAction item) => item.ToJson();

    protected override BotAction? FromJson(string json) => BotAction.FromJson(json);

    protected override void Require(BotAction item) => Require(item.Run.BotId, item.Run.EntityType, item.Run.EntityId, item.IsStop);

    protected override async Task<LaneAnswer> SendAsync(
        KommoClient kommo, IReadOnlyList<(PendingCommand Command, BotAction Item)> commands, CancellationToken cancellationToken)
    {
        try
        {
            var first = commands[0].Item;
            await (first.IsStop
                ? kommo.Bots.StopAsync(first.Run.BotId, first.Run.EntityId, cancellationToken)
                : kommo.Bots.RunAsync([.. commands.Select(c => c.Item.Run)], cancellationToken));
        }
        catch (KommoValidationException e) when (RefusedPositions.Of(e, commands.Count) is { Count: > 0 } refused)
        {
            return new LaneAnswer([], [.. refused.Select(r => (commands[r.Position].Command, r.Error))]);
        }

        return new LaneAnswer([.. commands.Select(c => new DoneCommand(c.Command.Id, null))], []);
    }
}
