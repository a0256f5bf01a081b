using System.Globalization;
using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;

namespace Kommo.Simulator.Events;

/// <summary>What happened in the account, oldest first. Guarded by the store's gate; events never change.</summary>
internal sealed class EventLog(KommoSimulatorOptions options)
{
    private readonly List<SimulatedEvent> _events = [];
    private readonly Dictionary<string, SimulatedEvent> _byId = [];

    public IReadOnlyList<SimulatedEvent> All => _events;

    public SimulatedEvent? Find(string id) => _byId.GetValueOrDefault(id);

    /// <param name="type">The event's type, as <c>lead_added</c>.</param>
    /// <param name="entityType">Singular, or <c>catalog_{id}</c>.</param>
    /// <param name="entityId">What it happened to.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="before">The value before, under the name that its kind of value has.</param>
    /// <param name="after">The value after.</param>
    public void Add(string type, string entityType, long entityId, Actor actor, JsonObject? before = null, JsonObject? after = null)
    {
        long now = options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        Keep(new SimulatedEvent
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"01{now:x12}{_events.Count:x12}"),
            Type = type,
            EntityType = entityType,
            EntityId = entityId,
            CreatedBy = actor.UserId,
            CreatedAt = now / 1000,
            Before = before,
            After = after,
        });
    }

    public void Load(IEnumerable<SimulatedEvent> events)
    {
        _events.Clear();
        _byId.Clear();
        foreach (SimulatedEvent kept in events)
        {
            Keep(kept);
        }
    }

    private void Keep(SimulatedEvent added)
    {
        _events.Add(added);
        _byId[added.Id] = added;
    }
}
