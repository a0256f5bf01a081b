using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Kommo.Simulator.Api;

[JsonSerializable(typeof(JsonNode))]
internal sealed partial class JsonNodeJson : JsonSerializerContext;
