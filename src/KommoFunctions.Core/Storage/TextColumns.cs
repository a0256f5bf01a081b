using System.Globalization;
using System.Text;
using Azure.Data.Tables;

namespace KommoFunctions.Storage;

/// <summary>
/// A text in a row: one column when it fits; else cut into binary columns as UTF-8, since a column holds 64 KiB, of a text 32,768 characters.
/// </summary>
internal static class TextColumns
{
    /// <summary>Characters that are kept as text.</summary>
    private const int MaxText = 30_000;

    private const int ColumnBytes = 64_000;

    public static void Write(TableEntity row, string name, string text)
    {
        if (text.Length <= MaxText)
        {
            row[name] = text;
            return;
        }

        var number = 0;
        foreach (var part in Encoding.UTF8.GetBytes(text).Chunk(ColumnBytes))
        {
            row[Column(name, number++)] = part;
        }
    }

    /// <summary>The text; null when the row has none of that name.</summary>
    public static string? Read(TableEntity row, string name)
    {
        if (row.GetString(name) is { } text)
        {
            return text;
        }

        using var parts = new MemoryStream();
        for (var number = 0; row.GetBinary(Column(name, number)) is { } part; number++)
        {
            parts.Write(part);
        }

        return parts.Length == 0 ? null : Encoding.UTF8.GetString(parts.GetBuffer().AsSpan(0, (int)parts.Length));
    }

    /// <summary>At most so many bytes in a request: a text's characters are escaped there, a binary column is base64.</summary>
    public static int BytesOf(string text) => text.Length <= MaxText ? 6 * text.Length : 4 * ((Encoding.UTF8.GetByteCount(text) / 3) + 1);

    private static string Column(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}{number}");
}
