using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>Times are unix seconds on Kommo's wire; numbers as text and RFC 3339 are accepted too.</summary>
internal sealed class UnixSecondsConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        DateTimeOffset time = default;
        var isTime = reader.TokenType switch
        {
            JsonTokenType.Number => reader.TryGetInt64(out var seconds) && UnixSeconds.TryConvert(seconds, out time),
            JsonTokenType.String => UnixSeconds.TryParse(reader.GetString(), out time) || reader.TryGetDateTimeOffset(out time),
            _ => false,
        };
        return isTime ? time : throw new JsonException("The value is no time in unix seconds.");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.ToUnixTimeSeconds());
}
