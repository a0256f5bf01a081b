using System.Text;

namespace KommoFunctions.Emulators.Storage.InMemory.Tables;

/// <summary>
/// An entity group transaction: all of its changes or none, conditions honoured, each row named once, one partition (Storage REST API: Performing entity group
/// transactions).
/// </summary>
internal static class TableTransaction
{
    public static StorageAnswer Run(StorageCall call, Func<string, Table> find, Func<StorageCall, Table, StorageAnswer> apply)
    {
        if (call.Body.Length > TableLimits.MaxTransaction)
        {
            throw new StorageRefusal(413, "RequestBodyTooLarge", "The request body is too large and exceeds the maximum permissible limit.");
        }

        var undo = new List<(Table Table, (string, string) Keys, TableRow? Before)>();
        var done = new List<StorageAnswer>();
        try
        {
            var changes = TransactionBody.Read(call);
            foreach (var change in changes)
            {
                var (table, keys) = Aim(change, find);
                Check(undo, keys);
                undo.Add((table, keys, table.Find(keys)));
                done.Add(apply(change, table));
            }

            return TransactionBody.Write(done);
        }
        catch (StorageRefusal refusal)
        {
            foreach (var (table, keys, before) in undo)
            {
                table.Restore(keys, before);
            }

            return TransactionBody.Write(refusal, done.Count);
        }
    }

    private static void Check(List<(Table Table, (string PartitionKey, string RowKey) Keys, TableRow? Before)> earlier, (string PartitionKey, string RowKey) keys)
    {
        if (earlier.Count == TableLimits.MaxOperations)
        {
            throw new StorageRefusal(400, "InvalidInput", "The batch request operation exceeds the maximum 100 changes per change set.");
        }

        if (earlier.Count > 0 && earlier[0].Keys.PartitionKey != keys.PartitionKey)
        {
            throw new StorageRefusal(400, "CommandsInBatchActOnDifferentPartitions", "All commands in a batch must operate on same entity group.");
        }

        if (earlier.Any(change => change.Keys == keys))
        {
            throw new StorageRefusal(400, "InvalidDuplicateRow", "The batch request contains multiple changes with same row key. An entity can appear only once in a batch request.");
        }
    }

    private static (Table Table, (string PartitionKey, string RowKey) Keys) Aim(StorageCall change, Func<string, Table> find)
    {
        var at = change.Path.IndexOf('(', StringComparison.Ordinal);
        if (at >= 0 && change.Path[(at + 1)..^1] is { Length: > 0 } keys)
        {
            return (find(change.Path[..at]), EntityKeys.Parse(keys));
        }

        var row = TableRow.Read(change.Body, keys: null);
        return (find(at < 0 ? change.Path : change.Path[..at]), (row.PartitionKey, row.RowKey));
    }
}
