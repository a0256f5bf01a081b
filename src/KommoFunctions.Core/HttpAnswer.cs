namespace KommoFunctions;

/// <summary>An HTTP answer, apart from what kind of host writes it out.</summary>
/// <param name="StatusCode">The HTTP status code.</param>
/// <param name="ContentType">What <paramref name="Content"/> is; with its charset.</param>
/// <param name="Content">The body, UTF-8; may be empty.</param>
public sealed record HttpAnswer(int StatusCode, string ContentType, ReadOnlyMemory<byte> Content)
{
    /// <summary>The other headers, each name once.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
