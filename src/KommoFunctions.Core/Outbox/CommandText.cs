using System.Globalization;
using System.Text;

namespace KommoFunctions.Outbox;

/// <summary>
/// The JSON of a command as it is stored: with no escape that is longer than JSON needs, so that a letter takes the same room in every language. (The
/// serializer writes six characters for one that is not Latin, and twelve for an emoji.)
/// </summary>
internal static class CommandText
{
    /// <summary>Characters, an emoji being two. At most 192,000 bytes in UTF-8, which is far below a row's 1 MiB.</summary>
    public const int MaxLength = 64_000;

    /// <summary>The length of an escape such as <c>\u0416</c>.</summary>
    private const int Escape = 6;

    /// <exception cref="ArgumentException">The command is too large to be stored.</exception>
    public static void Require(string json)
    {
        if (json.Length > MaxLength)
        {
            throw new ArgumentException(
                $"A command of {json.Length} characters is too large: at most {MaxLength} can be stored, in any language. Shorten its texts, or make several of it.");
        }
    }

    /// <summary>The same JSON with each character as short as it can be.</summary>
    public static string Plain(string json)
    {
        var at = json.IndexOf('\\', StringComparison.Ordinal);
        if (at < 0)
        {
            return json;
        }

        var plain = new StringBuilder(json.Length).Append(json, 0, at);
        while (at < json.Length)
        {
            if (json[at] != '\\')
            {
                plain.Append(json[at++]);
                continue;
            }

            var (c, low) = (Read(json, at), Read(json, at + Escape));
            if (c is { } high && low is { } second && char.IsSurrogatePair(high, second))
            {
                plain.Append(high).Append(second);
                at += 2 * Escape;
            }
            else if (c is { } letter && !char.IsSurrogate(letter) && letter >= ' ')
            {
                plain.Append(letter is '"' or '\\' ? "\\" : string.Empty).Append(letter);
                at += Escape;
            }
            else
            {
                // Two characters, so that what follows a backslash that stands for itself is no escape.
                var kept = Math.Min(2, json.Length - at);
                plain.Append(json, at, kept);
                at += kept;
            }
        }

        return plain.ToString();
    }

    /// <summary>The character that an escape at this place stands for.</summary>
    private static char? Read(string json, int at) =>
        at + Escape <= json.Length
        && json[at] == '\\'
        && json[at + 1] == 'u'
        && ushort.TryParse(json.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? (char)value
            : null;
}
