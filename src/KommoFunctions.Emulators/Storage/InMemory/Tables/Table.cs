namespace KommoFunctions.Emulators.Storage.InMemory.Tables;

/// <summary>The rows of one table in the order of their keys, and what may be done with one.</summary>
internal sealed class Table(TimeProvider time)
{
    private static readonly Comparer<(string PartitionKey, string RowKey)> ByKeys = Comparer<(string PartitionKey, string RowKey)>.Create((a, b) =>
        string.CompareOrdinal(a.PartitionKey, b.PartitionKey) is var order && order != 0 ? order : string.CompareOrdinal(a.RowKey, b.RowKey));

    private readonly SortedDictionary<(string PartitionKey, string RowKey), TableRow> _rows = new(ByKeys);
    private DateTimeOffset _last;

    public IEnumerable<TableRow> Rows => _rows.Values;

    public TableRow? Find((string PartitionKey, string RowKey) keys) => _rows.GetValueOrDefault(keys);

    public TableRow Get((string PartitionKey, string RowKey) keys) =>
        Find(keys) ?? throw new StorageRefusal(404, "ResourceNotFound", "The specified resource does not exist.");

    public TableRow Insert(TableRow row) => _rows.ContainsKey((row.PartitionKey, row.RowKey))
        ? throw new StorageRefusal(409, "EntityAlreadyExists", "The specified entity already exists.")
        : Write(row);

    /// <summary>Replaces a row or merges into it. Without a condition it is made when it is missing.</summary>
    public TableRow Update(TableRow row, bool merge, string? ifMatch)
    {
        var found = ifMatch is null ? Find((row.PartitionKey, row.RowKey)) : Get((row.PartitionKey, row.RowKey));
        Require(found, ifMatch);
        return Write(merge && found is not null ? found.Merge(row) : row);
    }

    public void Delete((string PartitionKey, string RowKey) keys, string? ifMatch)
    {
        if (ifMatch is null)
        {
            throw new StorageRefusal(400, "MissingRequiredHeader", "A required HTTP header was not specified.");
        }

        Require(Get(keys), ifMatch);
        _rows.Remove(keys);
    }

    /// <summary>Puts a row back as it was before a transaction that failed.</summary>
    public void Restore((string PartitionKey, string RowKey) keys, TableRow? row)
    {
        _rows.Remove(keys);
        if (row is not null)
        {
            _rows.Add(keys, row);
        }
    }

    public void Clear() => _rows.Clear();

    private TableRow Write(TableRow row)
    {
        var now = time.GetUtcNow();
        _last = now > _last ? now : _last.AddTicks(1);
        return _rows[(row.PartitionKey, row.RowKey)] = row with { Timestamp = _last };
    }

    private static void Require(TableRow? row, string? ifMatch)
    {
        if (ifMatch is not (null or "*") && row?.ETag != ifMatch)
        {
            throw new StorageRefusal(412, "UpdateConditionNotSatisfied", "The update condition specified in the request was not satisfied.");
        }
    }
}
