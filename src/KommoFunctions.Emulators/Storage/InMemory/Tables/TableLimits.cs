using System.Buffers;

namespace KommoFunctions.Emulators.Storage.InMemory.Tables;

/// <summary>What a row may hold (Storage REST API: Understanding the Table Service Data Model).</summary>
internal static class TableLimits
{
    public const int MaxOperations = 100;

    /// <summary>Bytes of a transaction's request.</summary>
    public const int MaxTransaction = 4 * 1024 * 1024;

    private const int MaxProperties = 252;
    private const int MaxProperty = 64 * 1024;
    private const int MaxRow = 1024 * 1024;
    private const int MaxKey = 512;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. "/\\#?", .. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(code => (char)code)]);

    /// <returns>The row, when it is within the limits.</returns>
    public static TableRow Check(TableRow row)
    {
        CheckKey(row.PartitionKey);
        CheckKey(row.RowKey);
        if (row.Properties.Count > MaxProperties)
        {
            throw new StorageRefusal(400, "TooManyProperties", "The entity contains more properties than allowed.");
        }

        var size = 4 + ((row.PartitionKey.Length + row.RowKey.Length) * 2);
        foreach (var (name, value) in row.Properties)
        {
            if (value.Size - 4 > MaxProperty)
            {
                throw new StorageRefusal(400, "PropertyValueTooLarge", "The property value exceeds the maximum allowed size (64KB).");
            }

            size += 8 + (name.Length * 2) + value.Size;
        }

        return size <= MaxRow ? row : throw new StorageRefusal(400, "EntityTooLarge", "The entity is larger than the maximum allowed size (1MB).");
    }

    private static void CheckKey(string key)
    {
        if (key.AsSpan().ContainsAny(Forbidden))
        {
            throw new StorageRefusal(400, "OutOfRangeInput", "One of the request inputs is out of range.");
        }

        if (key.Length > MaxKey)
        {
            throw new StorageRefusal(400, "KeyValueTooLarge", "The key is larger than the maximum allowed size (1KB).");
        }
    }
}
