namespace KommoFunctions.Emulators.Storage.InMemory.Tables;

/// <summary>Reads the keys out of an address: <c>PartitionKey='a',RowKey='b'</c>, a quote in one of them doubled.</summary>
internal static class EntityKeys
{
    private const string First = "PartitionKey='";
    private const string Second = "',RowKey='";

    public static (string PartitionKey, string RowKey) Parse(string keys)
    {
        var middle = keys.IndexOf(Second, StringComparison.Ordinal);
        return keys.StartsWith(First, StringComparison.Ordinal) && middle >= First.Length && keys.EndsWith('\'')
            ? (Plain(keys[First.Length..middle]), Plain(keys[(middle + Second.Length)..^1]))
            : throw new StorageRefusal(400, "InvalidInput", "One of the request inputs is not valid.");
    }

    private static string Plain(string quoted) => quoted.Replace("''", "'", StringComparison.Ordinal);
}
