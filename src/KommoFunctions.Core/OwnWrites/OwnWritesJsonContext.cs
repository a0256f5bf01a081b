using System.Text.Json.Serialization;

namespace KommoFunctions.OwnWrites;

[JsonSerializable(typeof(TraceRow.Change))]
internal sealed partial class OwnWritesJsonContext : JsonSerializerContext;
