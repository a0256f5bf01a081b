using System.Text.Json.Nodes;

namespace KommoFunctions.Core.Tests.Outbox;

/// <summary>An entity as Kommo's pages say that changes act on it. The field of code PHONE is the one of id 1.</summary>
internal sealed class ModelEntity
{
    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _tags = new(StringComparer.Ordinal);
    private readonly List<string> _moves = [];

    public string Text => $"{string.Join(';', _values)} tags {string.Join(',', _tags)} moves {string.Join(',', _moves)}";

    public ModelEntity With(JsonObject change)
    {
        _values["updated_at"] = change["updated_at"]?.ToJsonString() ?? "now";
        foreach (var (name, value) in change)
        {
            if (name is not ("id" or "updated_at" or "custom_fields_values" or "tags_to_add" or "tags_to_delete"))
            {
                _values[name] = value?.ToJsonString() ?? "null";
            }
        }

        if (change.ContainsKey("status_id") || change.ContainsKey("pipeline_id"))
        {
            _moves.Add($"{change["status_id"]}/{change["pipeline_id"]}");
        }

        if (change.ContainsKey("first_name") && !change.ContainsKey("name"))
        {
            _values["name"] = $"of {change["first_name"]}";
        }

        foreach (var field in change["custom_fields_values"] as JsonArray ?? [])
        {
            var key = "field " + (field!["field_id"]?.ToString() ?? "1");
            if (field["values"] is { } values)
            {
                _values[key] = values.ToJsonString();
            }
            else
            {
                _values.Remove(key);
            }
        }

        _tags.UnionWith(Names(change["tags_to_add"]));
        _tags.ExceptWith(Names(change["tags_to_delete"]));
        return this;
    }

    private static IEnumerable<string> Names(JsonNode? tags) => (tags as JsonArray ?? []).Select(tag => tag!["name"]!.ToString());
}
