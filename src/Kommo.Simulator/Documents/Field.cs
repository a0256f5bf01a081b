using System.Text.Json;
using System.Text.Json.Nodes;
using Kommo.Simulator.Api;

namespace Kommo.Simulator.Documents;

internal enum FieldType
{
    Text,
    Number,
    Decimal,
    Flag,
    Object,
    Array,
    Any,
}

/// <summary>A property of a resource: its type, what a write may say of it and what it is when nothing was said.</summary>
internal sealed record Field(string Name, FieldType Type)
{
    /// <summary>A new row must name it.</summary>
    public bool Required { get; init; }

    /// <summary>A write may not clear it.</summary>
    public bool NeverNull { get; init; }

    /// <summary>What a new row has when the write leaves it out.</summary>
    public JsonNode? Default { get; init; }

    /// <summary>Characters of a text, elements of an array.</summary>
    public int Longest { get; init; } = 255;

    /// <summary>The only texts allowed.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>The smallest number allowed.</summary>
    public long? Least { get; init; }

    /// <summary>Shown, but writes say nothing of it.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Only a new row may name it.</summary>
    public bool OnlyNew { get; init; }

    /// <summary>It must name a user of the account.</summary>
    public bool IsUser { get; init; }

    public static Field Text(string name, string? fallback = null) => new(name, FieldType.Text) { Default = fallback };

    public static Field Named(int longest = 255) => new("name", FieldType.Text) { Required = true, NeverNull = true, Longest = longest };

    public static Field Number(string name, long? fallback = null) => new(name, FieldType.Number) { Default = fallback };

    public static Field Flag(string name, bool fallback = false) => new(name, FieldType.Flag) { Default = fallback };

    public static Field Choice(string name, string? fallback, params string[] choices) =>
        new(name, FieldType.Text) { Default = fallback, Choices = choices };

    public static Field Array(string name, int longest = int.MaxValue) =>
        new(name, FieldType.Array) { Default = new JsonArray(), Longest = longest };

    public static Field Any(string name) => new(name, FieldType.Any);

    public static Field Object(string name) => new(name, FieldType.Object);

    public static Field User(string name) => new(name, FieldType.Number) { IsUser = true };

    public static Field Fixed(string name, JsonNode? value) => new(name, FieldType.Any) { Default = value, ReadOnly = true };

    public Field Needed() => this with { Required = true, NeverNull = true };

    /// <summary>Sets the property of the row from the item; reports what is wrong with it.</summary>
    public void Read(ItemReader item, JsonObject row, bool isNew, Func<long, bool> isUser)
    {
        bool named = item.Has(Name) && !ReadOnly && (isNew || !OnlyNew);
        if (!named)
        {
            if (isNew && Required)
            {
                item.Missing(Name);
            }
            else if (isNew)
            {
                row[Name] = Default?.DeepClone();
            }

            return;
        }

        JsonNode? node = item[Name];
        if (node is null)
        {
            if (NeverNull)
            {
                item.Fail("NotBlank", Name, "This value should not be blank.");
            }

            row[Name] = null;
        }
        else if (IsOfType(item, node))
        {
            Check(item, node, isUser);
            row[Name] = node.DeepClone();
        }
    }

    private bool IsOfType(ItemReader item, JsonNode node)
    {
        JsonValueKind kind = node.GetValueKind();
        (bool fits, string type) = Type switch
        {
            FieldType.Text => (kind == JsonValueKind.String, "string"),
            FieldType.Number => (kind == JsonValueKind.Number && node is JsonValue value && value.TryGetValue(out long _), "int"),
            FieldType.Decimal => (kind == JsonValueKind.Number, "float"),
            FieldType.Flag => (kind is JsonValueKind.True or JsonValueKind.False, "bool"),
            FieldType.Object => (kind == JsonValueKind.Object, "array"),
            FieldType.Array => (kind == JsonValueKind.Array, "array"),
            _ => (true, ""),
        };
        if (!fits)
        {
            item.Fail("InvalidType", Name, $"This value should be of type {type}.");
        }

        return fits;
    }

    private void Check(ItemReader item, JsonNode node, Func<long, bool> isUser)
    {
        if (node is JsonArray array && array.Count > Longest)
        {
            item.TooMany(Name, Longest);
        }
        else if (Type == FieldType.Text)
        {
            string text = node.GetValue<string>();
            if (Required && text.Length == 0)
            {
                item.Fail("NotBlank", Name, "This value should not be blank.");
            }
            else if (text.Length > Longest)
            {
                item.Fail("TooLong", Name, $"This value is too long. It should have {Longest} characters or less.");
            }
            else if (Choices is not null && !Choices.Contains(text))
            {
                item.NotAChoice(Name);
            }
        }
        else if (Type == FieldType.Number && (IsUser ? !isUser(node.GetValue<long>()) : node.GetValue<long>() < Least))
        {
            if (IsUser)
            {
                item.NotAChoice(Name);
            }
            else
            {
                item.Fail("TooLow", Name, $"This value should be greater than or equal to {Least}.");
            }
        }
    }
}
