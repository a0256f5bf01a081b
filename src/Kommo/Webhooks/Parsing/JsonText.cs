using System.Globalization;
using System.Text;

namespace Kommo.Webhooks;

/// <summary>The texts of JSON (RFC 8259, section 7).</summary>
internal static class JsonText
{
    /// <summary>
    /// Undoes the escapes of a text that the reader has found well-formed, into <paramref name="target"/>, which is at least as long; gives the
    /// length. Half of a surrogate pair, which is no character, becomes U+FFFD.
    /// </summary>
    public static int Unescape(ReadOnlySpan<byte> text, Span<byte> target)
    {
        var written = 0;
        while (text.IndexOf((byte)'\\') is var plain and >= 0)
        {
            text[..plain].CopyTo(target[written..]);
            written += plain;
            text = text[(plain + 1)..];
            if (text[0] == 'u')
            {
                var rune = TakeRune(ref text);
                written += rune.EncodeToUtf8(target[written..]);
            }
            else
            {
                target[written++] = text[0] switch
                {
                    (byte)'b' => (byte)'\b',
                    (byte)'f' => (byte)'\f',
                    (byte)'n' => (byte)'\n',
                    (byte)'r' => (byte)'\r',
                    (byte)'t' => (byte)'\t',
                    var self => self,
                };
                text = text[1..];
            }
        }

        text.CopyTo(target[written..]);
        return written + text.Length;
    }

    /// <summary>Takes <c>uXXXX</c>, and a second one behind it when they are a pair.</summary>
    private static Rune TakeRune(ref ReadOnlySpan<byte> text)
    {
        var first = Unit(text);
        text = text[5..];
        if (Rune.TryCreate(first, out var rune))
        {
            return rune;
        }

        if (text.Length >= 6 && text[0] == '\\' && text[1] == 'u' && Rune.TryCreate(first, Unit(text[1..]), out rune))
        {
            text = text[6..];
            return rune;
        }

        return Rune.ReplacementChar;
    }

    private static char Unit(ReadOnlySpan<byte> text) =>
        (char)ushort.Parse(text.Slice(1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
