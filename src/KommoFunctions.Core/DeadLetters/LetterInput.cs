using System.Text.Json;

namespace KommoFunctions.DeadLetters;

/// <summary>Reads what operators send: JSON of a limited size.</summary>
internal static class LetterInput
{
    /// <summary>A body as large as a hook may be, escaped, and no more.</summary>
    private const int MostBytes = 64 * 1024 * 1024;

    /// <summary>JSON is what no foreign page can have a browser send: these routes are open on a developer's machine.</summary>
    public static bool IsJson(string? contentType) =>
        contentType?.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase) == true;

    /// <exception cref="FormatException">The body is too large, or is not what it should be; the message says what that is.</exception>
    public static async Task<BodyEntry> ReadBodyAsync(Stream body, CancellationToken cancellationToken)
    {
        const string Shape = "The request's body should be JSON such as { \"body\": \"leads[add][0][id]=1\" }, with 'account' for a message that could not be read.";
        try
        {
            return JsonSerializer.Deserialize((await ReadAsync(body, cancellationToken)).Span, LetterJson.Default.BodyEntry) is { Body: not null } entry
                ? entry
                : throw new FormatException(Shape);
        }
        catch (JsonException e)
        {
            throw new FormatException(Shape, e);
        }
    }

    /// <summary>The values of a JSON object, by their names. A name that is not known is refused: a filter misspelt would be none.</summary>
    /// <exception cref="FormatException">The body is not what it should be; the message says what that is.</exception>
    public static async Task<IReadOnlyDictionary<string, string?>> ReadValuesAsync(Stream body, CancellationToken cancellationToken)
    {
        const string Shape = "The request's body should be JSON such as { \"reason\": \"handler-failed\", \"from\": \"2026-01-31\" }.";
        try
        {
            using var document = JsonDocument.Parse(await ReadAsync(body, cancellationToken));
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException(Shape);
            }

            var values = document.RootElement.EnumerateObject().ToDictionary(
                property => property.Name, property => property.Value.ValueKind == JsonValueKind.Null ? null : property.Value.ToString());
            return values.Keys.FirstOrDefault(name => !LetterRequest.Names.Contains(name)) is { } unknown
                ? throw new FormatException($"'{unknown}' is none of {string.Join(", ", LetterRequest.Names)}.")
                : values;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new FormatException(Shape, e);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (content.Length + read > MostBytes)
            {
                throw new FormatException($"The request's body should be at most {MostBytes} bytes.");
            }

            content.Write(buffer, 0, read);
        }

        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }
}
