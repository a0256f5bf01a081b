using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kommo.Simulator.Api;

/// <summary>Reads one item of a write and gathers what is wrong with it, in Kommo's codes.</summary>
internal sealed class ItemReader
{
    private readonly JsonObject _item;

    public ItemReader(JsonNode? item, int index)
    {
        _item = item as JsonObject ?? [];
        RequestId = _item["request_id"] is JsonValue id ? id.ToString() : index.ToString(CultureInfo.InvariantCulture);
        if (item is not JsonObject)
        {
            Fail("InvalidType", "", "This value should be of type array.");
        }
    }

    /// <summary>What the writer calls the item, or its place in the request; echoed as text.</summary>
    public string RequestId { get; }

    public List<(string Code, string Path, string Detail)> Errors { get; } = [];

    public JsonNode? this[string name] => _item[name];

    /// <summary>Whether the item names the property, be it null.</summary>
    public bool Has(string name) => _item.ContainsKey(name);

    public void Fail(string code, string path, string detail) => Errors.Add((code, path, detail));

    public void Missing(string path) => Fail("FieldMissing", path, "This field is missing.");

    public void NotAChoice(string path) => Fail("NotSupportedChoice", path, "The value you selected is not a valid choice.");

    public void TooMany(string path, int most) =>
        Fail("TooMany", path, $"This collection should contain {most} elements or less.");

    public string? Text(string name, int longest = 255)
    {
        if (_item[name] is not { } node)
        {
            return null;
        }

        if (node.GetValueKind() != JsonValueKind.String)
        {
            Fail("InvalidType", name, "This value should be of type string.");
            return null;
        }

        string text = node.GetValue<string>();
        if (text.Length > longest)
        {
            Fail("TooLong", name, $"This value is too long. It should have {longest} characters or less.");
        }

        return text;
    }

    /// <summary>The text; null when the item clears it, and what it was when the item says nothing of it.</summary>
    public string? TextOr(string name, string? before, int longest = 255) => Has(name) ? Text(name, longest) : before;

    /// <summary>The number; null when the item clears it, and what it was when the item says nothing of it.</summary>
    public long? NumberOr(string name, long? before) => Has(name) ? Number(name) : before;

    public long? Number(string name) => Number(_item[name], name);

    public long? Number(JsonNode? node, string path)
    {
        if (node is null)
        {
            return null;
        }

        if (node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out long number))
        {
            return number;
        }

        Fail("InvalidType", path, "This value should be of type int.");
        return null;
    }

    public bool? Flag(string name)
    {
        if (_item[name] is not { } node)
        {
            return null;
        }

        if (node.GetValueKind() is JsonValueKind.True or JsonValueKind.False)
        {
            return node.GetValue<bool>();
        }

        Fail("InvalidType", name, "This value should be of type bool.");
        return null;
    }

    /// <summary>The elements of an array property, or of an array below <c>_embedded</c>; null when the property is absent.</summary>
    public IReadOnlyList<JsonNode?>? Array(string name, bool embedded = false)
    {
        JsonNode? node = embedded ? (_item["_embedded"] as JsonObject)?[name] : _item[name];
        if (node is null)
        {
            return null;
        }

        if (node is JsonArray array)
        {
            return [.. array];
        }

        Fail("InvalidType", embedded ? $"_embedded.{name}" : name, "This value should be of type array.");
        return null;
    }

    /// <summary>Takes over the errors of something nested, under its path.</summary>
    public void Adopt(ItemReader inner, string path)
    {
        foreach ((string code, string innerPath, string detail) in inner.Errors)
        {
            Fail(code, $"{path}.{innerPath}", detail);
        }
    }

    public JsonObject ErrorJson() => new()
    {
        ["request_id"] = RequestId,
        ["errors"] = new JsonArray([.. Errors.Select(error => new JsonObject
        {
            ["code"] = error.Code,
            ["path"] = error.Path,
            ["detail"] = error.Detail,
        })]),
    };
}
