using System.Text.Json;

namespace KommoFunctions.Emulators.Storage.InMemory.Tables;

/// <summary>An entity as it is stored; a change makes another.</summary>
internal sealed record TableRow(string PartitionKey, string RowKey, IReadOnlyDictionary<string, TableValue> Properties)
{
    /// <summary>When it was written, which no two writes of a table have in common: the ETag follows from it.</summary>
    public DateTimeOffset Timestamp { get; init; }

    public string ETag => $"W/\"datetime'{Uri.EscapeDataString(TableValue.Format(Timestamp))}'\"";

    /// <summary>A row as a request gives it; the keys come from the address where it has them.</summary>
    public static TableRow Read(ReadOnlyMemory<byte> json, (string PartitionKey, string RowKey)? keys)
    {
        using var document = JsonDocument.Parse(json);
        var properties = new Dictionary<string, TableValue>(StringComparer.Ordinal);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (!property.Name.Contains("odata.", StringComparison.Ordinal)
                && TableValue.Read(property.Value, document.RootElement.TryGetProperty($"{property.Name}@odata.type", out var type) ? type.GetString() : null) is { } value)
            {
                properties[property.Name] = value;
            }
        }

        var partitionKey = keys?.PartitionKey ?? KeyOf(properties, "PartitionKey");
        var rowKey = keys?.RowKey ?? KeyOf(properties, "RowKey");
        properties.Remove("PartitionKey");
        properties.Remove("RowKey");
        properties.Remove("Timestamp");
        return TableLimits.Check(new TableRow(partitionKey, rowKey, properties));
    }

    /// <summary>This row with what another changes; what the other does not name stays.</summary>
    public TableRow Merge(TableRow change)
    {
        var merged = new Dictionary<string, TableValue>(Properties, StringComparer.Ordinal);
        foreach (var (name, value) in change.Properties)
        {
            merged[name] = value;
        }

        return TableLimits.Check(this with { Properties = merged });
    }

    public TableValue? Find(string name) => name switch
    {
        "PartitionKey" => new(PartitionKey),
        "RowKey" => new(RowKey),
        "Timestamp" => new(Timestamp),
        _ => Properties.TryGetValue(name, out var value) ? value : null,
    };

    /// <param name="json">Where it goes.</param>
    /// <param name="select">The properties that are asked for; all without it.</param>
    public void Write(Utf8JsonWriter json, HashSet<string>? select)
    {
        json.WriteStartObject();
        json.WriteString("odata.etag", ETag);
        foreach (var name in (IEnumerable<string>)["PartitionKey", "RowKey", "Timestamp", .. Properties.Keys])
        {
            if (select is null || select.Contains(name))
            {
                Find(name)!.Value.Write(json, name);
            }
        }

        json.WriteEndObject();
    }

    private static string KeyOf(Dictionary<string, TableValue> properties, string name) => properties.TryGetValue(name, out var key) && key.Value is string text
        ? text
        : throw new StorageRefusal(400, "PropertiesNeedValue", "The values are not specified for all properties in the entity.");
}
