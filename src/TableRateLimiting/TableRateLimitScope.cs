namespace TableRateLimiting;

/// <summary>What is limited: the keys of one entity.</summary>
public sealed record TableRateLimitScope
{
    private const int LongestKey = 500;

    /// <summary>A scope with these keys.</summary>
    /// <param name="partitionKey">The entity's partition key.</param>
    /// <param name="rowKey">The entity's row key.</param>
    /// <exception cref="ArgumentException">
    /// A key is empty, longer than 500 characters, or has one that Table storage does not take (Understanding the Table service data model:
    /// characters disallowed in key fields).
    /// </exception>
    public TableRateLimitScope(string partitionKey, string rowKey)
    {
        PartitionKey = Key(partitionKey, nameof(partitionKey));
        RowKey = Key(rowKey, nameof(rowKey));
    }

    /// <summary>The entity's partition key.</summary>
    public string PartitionKey { get; }

    /// <summary>The entity's row key.</summary>
    public string RowKey { get; }

    /// <summary>As the metrics' tag has it: <c>partitionKey/rowKey</c>.</summary>
    public override string ToString() => $"{PartitionKey}/{RowKey}";

    private static string Key(string key, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(key, name);
        return key.Length <= LongestKey && !key.Any(letter => letter is '/' or '\\' or '#' or '?' || char.IsControl(letter))
            ? key
            : throw new ArgumentException($"A key has at most {LongestKey} characters, none of them a control character, '/', '\\', '#' or '?'.", name);
    }
}
