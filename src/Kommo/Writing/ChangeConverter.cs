using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Kommo;

/// <summary>Writes the new value of a change; what does not change is left out by <see cref="KommoJson"/>.</summary>
internal sealed class ChangeConverter<T> : JsonConverter<Change<T>>
{
    public override Change<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, Metadata(options))!;

    public override void Write(Utf8JsonWriter writer, Change<T> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Value, Metadata(options));

    private static JsonTypeInfo<T> Metadata(JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}
