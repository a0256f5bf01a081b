using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>Reads an entity type from a name or a number; writes its plural name.</summary>
internal sealed class EntityTypeConverter : JsonConverter<EntityType>
{
    public override EntityType Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var name = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number when reader.TryGetInt64(out var number) => number.ToString(CultureInfo.InvariantCulture),
            _ => throw new JsonException("The value is no entity type."),
        };
        return string.IsNullOrWhiteSpace(name) ? default : EntityType.Parse(name);
    }

    public override void Write(Utf8JsonWriter writer, EntityType value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Name);
}
