using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>Durations are whole seconds on Kommo's wire.</summary>
internal sealed class DurationSecondsConverter : JsonConverter<TimeSpan>
{
    private static readonly double Longest = TimeSpan.MaxValue.TotalSeconds;

    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        double seconds = double.NaN;
        var isNumber = reader.TokenType switch
        {
            JsonTokenType.Number => reader.TryGetDouble(out seconds),
            JsonTokenType.String => double.TryParse(reader.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out seconds),
            _ => false,
        };
        return isNumber && Math.Abs(seconds) < Longest
            ? TimeSpan.FromSeconds(seconds)
            : throw new JsonException("The value is no duration in seconds.");
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteNumberValue((long)value.TotalSeconds);
}
