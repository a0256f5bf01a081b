using System.Text.Json.Nodes;

namespace Kommo.Simulator.Events;

/// <summary>Something that happened in the account, as <c>GET /events</c> tells it (Kommo: Events).</summary>
internal sealed record SimulatedEvent
{
    public required string Id { get; init; }

    public required string Type { get; init; }

    public long EntityId { get; init; }

    /// <summary>Singular, or <c>catalog_{id}</c> for an element of a list.</summary>
    public required string EntityType { get; init; }

    public long CreatedBy { get; init; }

    public long CreatedAt { get; init; }

    public JsonObject? After { get; init; }

    public JsonObject? Before { get; init; }
}
