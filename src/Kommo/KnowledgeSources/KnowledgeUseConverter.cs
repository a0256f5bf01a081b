using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>Kommo wants a list that must hold exactly one use.</summary>
internal sealed class KnowledgeUseConverter : JsonConverter<KnowledgeUse>
{
    public override KnowledgeUse Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, KommoJson.TypeOf<KnowledgeUse[]>()) is [var use] ? use : throw new JsonException("The value is not one use.");

    public override void Write(Utf8JsonWriter writer, KnowledgeUse value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, [value], KommoJson.TypeOf<KnowledgeUse[]>());
}
