using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace KommoFunctions.Outbox;

/// <summary>JSON of the outbox that has no type in the client.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class OutboxJsonContext : JsonSerializerContext;
