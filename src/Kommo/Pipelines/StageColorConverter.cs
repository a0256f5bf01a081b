using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A colour is its text.</summary>
internal sealed class StageColorConverter : JsonConverter<StageColor>
{
    public override StageColor Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString() ?? throw new JsonException("A colour is a text."));

    public override void Write(Utf8JsonWriter writer, StageColor value, JsonSerializerOptions options) => writer.WriteStringValue(value.Hex);
}
