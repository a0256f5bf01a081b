using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using KommoFunctions.Accounts;

namespace KommoFunctions.DeadLetters;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(List<Death>))]
[JsonSerializable(typeof(DeadLetterPageView))]
[JsonSerializable(typeof(DeadLetterDetails))]
[JsonSerializable(typeof(BulkView))]
[JsonSerializable(typeof(BodyEntry))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class LetterJson : JsonSerializerContext
{
    /// <summary>For a table's column.</summary>
    public static LetterJson Compact => Holder.Compact;

    /// <summary>For answers. Bodies stay readable: the answer is JSON, never put into a page.</summary>
    public static LetterJson Readable => Holder.Readable;

    /// <summary>Made after the generated default, whose initializer may run later than one in this class.</summary>
    private static class Holder
    {
        public static readonly LetterJson Compact =
            new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

        public static readonly LetterJson Readable =
            new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true });
    }
}
