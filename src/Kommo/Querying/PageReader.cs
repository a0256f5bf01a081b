using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Kommo;

/// <summary>Reads a HAL page: the list under <c>_embedded</c> and the link <c>next</c>, in one pass over the bytes.</summary>
internal static class PageReader
{
    public static (IReadOnlyList<T> Items, string? Next) Read<T>(ReadOnlySpan<byte> json, string key, string? otherKey, JsonTypeInfo<T> metadata)
        where T : class
    {
        var reader = new Utf8JsonReader(json);
        List<T>? items = null;
        string? next = null;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A page is an object.");
        }

        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("_embedded"u8))
            {
                items = Items(ref reader, key, otherKey, metadata) ?? items;
            }
            else if (reader.ValueTextEquals("_links"u8))
            {
                next = Next(ref reader) ?? next;
            }
            else
            {
                SkipValue(ref reader);
            }
        }

        return (items ?? throw new JsonException("A page without its list."), next);
    }

    public static IReadOnlyList<T> ReadList<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> metadata)
        where T : class
    {
        var reader = new Utf8JsonReader(json);
        return Elements(ref reader, metadata);
    }

    private static List<T>? Items<T>(ref Utf8JsonReader reader, string key, string? otherKey, JsonTypeInfo<T> metadata)
        where T : class
    {
        List<T>? items = null;
        if (!Enter(ref reader))
        {
            // PHP writes an empty object as [].
            return reader.TokenType == JsonTokenType.StartArray && SkipWhole(ref reader) ? [] : null;
        }

        while (NextProperty(ref reader))
        {
            if (!reader.ValueTextEquals(key) && (otherKey is null || !reader.ValueTextEquals(otherKey)))
            {
                SkipValue(ref reader);
                continue;
            }

            items = Elements(ref reader, metadata);
        }

        return items;
    }

    private static List<T> Elements<T>(ref Utf8JsonReader reader, JsonTypeInfo<T> metadata)
        where T : class
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("A page's list is no list.");
        }

        var items = new List<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(JsonSerializer.Deserialize(ref reader, metadata) ?? throw new JsonException("A list holds null."));
        }

        return items;
    }

    private static string? Next(ref Utf8JsonReader reader)
    {
        string? next = null;
        if (!Enter(ref reader))
        {
            SkipWhole(ref reader);
            return null;
        }

        while (NextProperty(ref reader))
        {
            if (!reader.ValueTextEquals("next"u8) || !Enter(ref reader))
            {
                SkipCurrent(ref reader);
                continue;
            }

            while (NextProperty(ref reader))
            {
                var isHref = reader.ValueTextEquals("href"u8);
                reader.Read();
                next = isHref && reader.TokenType == JsonTokenType.String ? reader.GetString() : next;
                reader.Skip();
            }
        }

        return next;
    }

    private static bool NextProperty(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    private static bool Enter(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.StartObject;

    private static void SkipValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private static bool SkipWhole(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return true;
    }

    /// <summary>Skips a value whose name, or whose start, was just read.</summary>
    private static void SkipCurrent(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            reader.Read();
        }

        reader.Skip();
    }
}
