using System.Globalization;
using System.Text.Json;

namespace Kommo;

/// <summary>A field that holds a user's id as a number or a person's name as a text (<c>call_responsible</c>).</summary>
internal sealed class UserIdOrNameConverter : TextOrNumberConverter
{
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            writer.WriteNumberValue(id);
        }
        else
        {
            writer.WriteStringValue(value);
        }
    }
}
