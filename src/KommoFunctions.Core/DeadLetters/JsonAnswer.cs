using System.Text.Json;

namespace KommoFunctions.DeadLetters;

/// <summary>An HTTP answer in JSON.</summary>
/// <param name="StatusCode">The HTTP status code.</param>
/// <param name="Json">The body, UTF-8.</param>
public sealed record JsonAnswer(int StatusCode, ReadOnlyMemory<byte> Json)
{
    internal static JsonAnswer Message(int statusCode, string text) => Of(statusCode, "message", text);

    internal static JsonAnswer Error(int statusCode, string text) => Of(statusCode, "error", text);

    private static JsonAnswer Of(int statusCode, string name, string text) => new(
        statusCode,
        JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, string> { [name] = text }, DeadLetterJson.Readable.DictionaryStringString));
}
