using System.Text;
using System.Text.Unicode;

namespace KommoFunctions.DeadLetters;

/// <summary>
/// A form body that a person can read and edit: escapes are undone, all but those that the form needs to mean the same. Kommo escapes every bracket,
/// and every letter that is not Latin.
/// </summary>
internal static class ReadableForm
{
    /// <summary>The readable form; a body that is none, JSON above all, as it came.</summary>
    public static string Of(string body) => IsForm(body)
        ? string.Join('&', body.Split('&').Select(pair => string.Join('=', pair.Split('=', 2).Select(Unescape))))
        : body;

    private static bool IsForm(string body) => body.Contains('=', StringComparison.Ordinal) && body[0] is not ('{' or '[' or '<' or '"');

    private static string Unescape(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        // Where it is not UTF-8 behind the escapes, they are all there is to show.
        var decoded = Decode(Encoding.UTF8.GetBytes(text));
        return Utf8.IsValid(decoded) ? Escape(Encoding.UTF8.GetString(decoded)) : text;
    }

    private static byte[] Decode(ReadOnlySpan<byte> text)
    {
        var decoded = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit((char)text[i + 1]) && char.IsAsciiHexDigit((char)text[i + 2]))
            {
                decoded.Add(byte.Parse(text.Slice(i + 1, 2), System.Globalization.NumberStyles.AllowHexSpecifier, provider: null));
                i += 2;
            }
            else
            {
                decoded.Add(text[i] == '+' ? (byte)' ' : text[i]);
            }
        }

        return [.. decoded];
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c switch
            {
                ' ' => escaped.Append('+'),
                '%' or '&' or '+' or '=' or < ' ' or '\x7F' => escaped.Append('%').Append(((int)c).ToString("X2")),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }
}
