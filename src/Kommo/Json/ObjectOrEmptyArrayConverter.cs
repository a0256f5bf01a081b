using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Kommo;

/// <summary>Reads an object where Kommo, being PHP, writes an empty one as <c>[]</c> (for example a task's <c>result</c>).</summary>
internal sealed class ObjectOrEmptyArrayConverter<T> : JsonConverter<T>
    where T : class
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return JsonSerializer.Deserialize(ref reader, Metadata(options));
        }

        reader.Read();
        return reader.TokenType == JsonTokenType.EndArray
            ? null
            : throw new JsonException("The value is a list where an object belongs.");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, Metadata(options));

    private static JsonTypeInfo<T> Metadata(JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}
