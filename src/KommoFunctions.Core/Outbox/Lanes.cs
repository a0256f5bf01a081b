using Kommo;

namespace KommoFunctions.Outbox;

/// <summary>All lanes by name.</summary>
internal sealed class Lanes
{
    private readonly Dictionary<string, ILane> _byName;

    public Lanes()
    {
        ILane[] lanes =
        [
            new TaskLane(),
            new LeadUpdateLane(),
            new NoteLane(EntityType.Leads),
            new NoteLane(EntityType.Contacts),
            new NoteLane(EntityType.Companies),
            new NoteLane(EntityType.Customers),
        ];
        _byName = lanes.ToDictionary(lane => lane.Name);
    }

    public ILane this[string name] => _byName.TryGetValue(name, out var lane)
        ? lane
        : throw new Messaging.UnreadableMessageException($"There is no outbox lane '{name}'.");
}
