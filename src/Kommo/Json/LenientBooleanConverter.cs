using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>Kommo answers true and false, yet here and there 1, 0 and their texts.</summary>
internal sealed class LenientBooleanConverter : JsonConverter<bool>
{
    public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number when reader.TryGetInt64(out var number) => number != 0,
        JsonTokenType.String when reader.ValueTextEquals("1") || reader.ValueTextEquals("true") => true,
        JsonTokenType.String when reader.ValueTextEquals("0") || reader.ValueTextEquals("false") || reader.ValueTextEquals("") => false,
        _ => throw new JsonException("The value is neither true nor false."),
    };

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
}
