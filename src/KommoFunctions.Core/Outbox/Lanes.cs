using Kommo;
using Kommo.Webhooks;
using KommoFunctions.OwnWrites;

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

    public IEnumerable<string> Names => _byName.Keys;

    public ILane this[string name] => _byName.TryGetValue(name, out var lane)
        ? lane
        : throw new Messaging.UnreadableMessageException($"There is no outbox lane '{name}'.");

    /// <summary>The lane whose command may have caused the event, and the trace that it has left then; null when there is none.</summary>
    public (string Lane, WriteTrace Trace)? CauseOf(WebhookEvent e)
    {
        foreach (var lane in _byName.Values)
        {
            if (lane.TraceOf(e) is { } trace)
            {
                return (lane.Name, trace);
            }
        }

        return null;
    }
}
