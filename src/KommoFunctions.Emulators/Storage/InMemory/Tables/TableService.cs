using System.Buffers;
using System.Text.Json;

namespace KommoFunctions.Emulators.Storage.InMemory.Tables;

/// <summary>The table service (Storage REST API: Operations on tables, Operations on entities).</summary>
internal sealed class TableService(TimeProvider time)
{
    private const int MaxPage = 1000;

    private readonly Dictionary<string, Table> _tables = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyDictionary<string, Table> All => _tables;

    public StorageAnswer Handle(StorageCall call)
    {
        var (name, key) = SplitPath(call.Path);
        return (call.Method, name, key) switch
        {
            ("POST", "$batch", _) => TableTransaction.Run(call, Find, Apply),
            ("POST", "Tables", null) => Create(call),
            ("DELETE", "Tables", { } table) => Drop(table.Trim('\'')),
            ("GET", not "Tables", null or "") => Query(call, Find(name)),
            ("GET", not "Tables", { } keys) => Get(call, Find(name).Get(EntityKeys.Parse(keys))),
            (_, not "Tables", _) => Apply(call, Find(name)),
            _ => throw call.NotImplemented(),
        };
    }

    /// <summary>Changes one row, by itself or in a transaction.</summary>
    private static StorageAnswer Apply(StorageCall call, Table table)
    {
        var (_, key) = SplitPath(call.Path);
        switch (call.Method)
        {
            case "POST" when key is null or "":
                return new StorageAnswer(204).With("ETag", table.Insert(TableRow.Read(call.Body, keys: null)).ETag);
            case "PUT" or "PATCH" or "MERGE" when key is not null:
                var row = TableRow.Read(call.Body, EntityKeys.Parse(key));
                return new StorageAnswer(204).With("ETag", table.Update(row, merge: call.Method is not "PUT", call.Header("If-Match")).ETag);
            case "DELETE" when key is not null:
                table.Delete(EntityKeys.Parse(key), call.Header("If-Match"));
                return new StorageAnswer(204);
            default:
                throw call.NotImplemented();
        }
    }

    private StorageAnswer Create(StorageCall call)
    {
        using var body = JsonDocument.Parse(call.Body);
        var name = body.RootElement.GetProperty("TableName").GetString()!;
        return _tables.TryAdd(name, new Table(time))
            ? new StorageAnswer(204)
            : throw new StorageRefusal(409, "TableAlreadyExists", "The table specified already exists.");
    }

    private StorageAnswer Drop(string name) => _tables.Remove(name)
        ? new StorageAnswer(204)
        : throw new StorageRefusal(404, "ResourceNotFound", "The specified resource does not exist.");

    private static StorageAnswer Get(StorageCall call, TableRow row)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            row.Write(writer, Select(call));
        }

        return StorageAnswer.Json(200, json.WrittenMemory).With("ETag", row.ETag);
    }

    private static StorageAnswer Query(StorageCall call, Table table)
    {
        var filter = ODataFilter.Parse(call.Query("$filter"));
        var limit = call.Query("$top") is { } top ? int.Parse(top, System.Globalization.CultureInfo.InvariantCulture) : MaxPage;
        var (afterPartition, afterRow) = (call.Query("NextPartitionKey"), call.Query("NextRowKey") ?? "");
        var rows = table.Rows
            .SkipWhile(row => afterPartition is not null && Table.Compare((row.PartitionKey, row.RowKey), (afterPartition, afterRow)) < 0)
            .Where(filter)
            .Take(limit + 1)
            .ToList();
        var (json, select) = (new ArrayBufferWriter<byte>(), Select(call));
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("value");
            foreach (var row in rows.Take(limit))
            {
                row.Write(writer, select);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        var answer = StorageAnswer.Json(200, json.WrittenMemory);
        return rows.Count <= limit
            ? answer
            : answer.With("x-ms-continuation-NextPartitionKey", rows[limit].PartitionKey).With("x-ms-continuation-NextRowKey", rows[limit].RowKey);
    }

    private static HashSet<string>? Select(StorageCall call) => call.Query("$select") is { Length: > 0 } select and not "*" ? [.. select.Split(',')] : null;

    public void Clear()
    {
        foreach (var table in _tables.Values)
        {
            table.Clear();
        }
    }

    public Table Find(string name) =>
        _tables.GetValueOrDefault(name) ?? throw new StorageRefusal(404, "TableNotFound", "The table specified does not exist.");

    /// <summary>What is in the parentheses: null without any.</summary>
    private static (string Name, string? Key) SplitPath(string path) => path.IndexOf('(') is > 0 and var at ? (path[..at], path[(at + 1)..^1]) : (path, null);
}
