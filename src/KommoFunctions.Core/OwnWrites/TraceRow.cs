using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;

namespace KommoFunctions.OwnWrites;

/// <summary>
/// A trace in a table: a column an action, and a column a change with its values, so that several changes of one entity in one second add up when rows
/// are merged. An event is compared with each of the changes by itself.
/// </summary>
internal static class TraceRow
{
    private const string ChangePrefix = "Change";

    /// <summary>The row of traces that have the same key.</summary>
    public static TableEntity Of(string partitionKey, string rowKey, IEnumerable<WriteTrace> traces)
    {
        var row = new TableEntity(partitionKey, rowKey);
        foreach (var trace in traces)
        {
            foreach (var action in trace.Actions)
            {
                row[action] = true;
            }

            if (trace.Written is { } written)
            {
                var json = JsonSerializer.Serialize(new Change([.. trace.Actions], written.Fields), OwnWritesJsonContext.Default.Change);
                row[ChangePrefix + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(json)).AsSpan(0, 8))] = json;
            }
        }

        return row;
    }

    /// <summary>Whether the row holds what has caused the event that <paramref name="asked"/> is of.</summary>
    public static bool Tells(TableEntity? row, WriteTrace asked)
    {
        if (row is null || !asked.Actions.All(action => row.TryGetValue(action, out var is_) && is_ is true))
        {
            return false;
        }

        var changes = row.Where(column => column.Key.StartsWith(ChangePrefix, StringComparison.Ordinal))
            .Select(column => JsonSerializer.Deserialize((string)column.Value, OwnWritesJsonContext.Default.Change)!)
            .ToList();
        return asked.Shown is not { } shown || changes.Count == 0
            || changes.Exists(change => asked.Actions.All(change.Actions.Contains) && new WrittenValues(change.Fields).MayBeWhat(shown));
    }

    /// <summary>One change.</summary>
    internal sealed record Change(string[] Actions, Dictionary<string, string> Fields);
}
