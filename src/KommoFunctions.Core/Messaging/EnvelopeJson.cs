using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KommoFunctions.Messaging;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Envelope))]
internal sealed partial class EnvelopeJson : JsonSerializerContext
{
    /// <summary>
    /// Writes <c>&amp;</c> and <c>+</c> as they are: form bodies are full of them and the default encoder makes six characters of each.
    /// The text goes to a queue, never into HTML.
    /// </summary>
    public static EnvelopeJson Compact => CompactHolder.Instance;

    /// <summary>Made after the generated default, whose initializer may run later than one in this class.</summary>
    private static class CompactHolder
    {
        public static readonly EnvelopeJson Instance =
            new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
