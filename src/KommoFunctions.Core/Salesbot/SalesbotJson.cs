using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace KommoFunctions.Salesbot;

[JsonSerializable(typeof(JsonNode))]
internal sealed partial class SalesbotJson : JsonSerializerContext;
