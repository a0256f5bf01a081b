namespace KommoFunctions.Emulators.Storage.InMemory;

/// <summary>The headers <c>x-ms-meta-…</c> of queues and blobs.</summary>
internal static class Metadata
{
    private const string Prefix = "x-ms-meta-";

    public static Dictionary<string, string> Read(StorageCall call) => call.Headers
        .Where(header => header.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        .ToDictionary(header => header.Key[Prefix.Length..], header => header.Value, StringComparer.OrdinalIgnoreCase);

    public static StorageAnswer Write(StorageAnswer answer, IReadOnlyDictionary<string, string> metadata)
    {
        foreach (var (name, value) in metadata)
        {
            answer.With(Prefix + name, value);
        }

        return answer;
    }

    public static bool AreEqual(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && value == pair.Value);
}
