using System.Text.Json.Serialization;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Kommo.Simulator.Hooks;
using Kommo.Simulator.OAuth;

namespace Kommo.Simulator.Persistence;

/// <summary>Everything that survives a restart.</summary>
internal sealed record SimulatorState
{
    public long AccountId { get; init; }

    public required EntityState Entities { get; init; }

    public IReadOnlyDictionary<string, TableState> Documents { get; init; } = new Dictionary<string, TableState>();

    public required WebhookState Webhooks { get; init; }

    public required TokenState Tokens { get; init; }

    public IReadOnlyList<PendingHook> PendingHooks { get; init; } = [];

    public bool IsBlocked { get; init; }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SimulatorState))]
internal sealed partial class StateJson : JsonSerializerContext;
