using System.Buffers;

namespace Kommo.Webhooks;

/// <summary>The form encoding of texts (WHATWG URL, application/x-www-form-urlencoded).</summary>
internal static class FormText
{
    private static readonly SearchValues<byte> Encoded = SearchValues.Create("%+"u8);

    private static readonly SearchValues<byte> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."u8);

    /// <summary>Whether a body can be a form at all: JSON and markup begin otherwise, and a form has a name with a value and no control characters.</summary>
    public static bool IsForm(ReadOnlySpan<byte> body) =>
        body[0] is not ((byte)'{' or (byte)'<' or (byte)'"')
        && body.Contains((byte)'=')
        && !body.ContainsAnyInRange((byte)0, (byte)0x1F);

    /// <summary>Decodes into <paramref name="target"/>, which is at least as long; gives the decoded length. A stray percent sign stays.</summary>
    public static int Decode(ReadOnlySpan<byte> text, Span<byte> target)
    {
        var written = 0;
        while (!text.IsEmpty)
        {
            // Escapes come in rows, in keys above all: each is looked at where it stands, and only for plain text a search pays.
            if (text[0] == '%')
            {
                var isEscape = text.Length > 2 && Hex(text[1]) >= 0 && Hex(text[2]) >= 0;
                target[written++] = isEscape ? (byte)((Hex(text[1]) << 4) | Hex(text[2])) : (byte)'%';
                text = text[(isEscape ? 3 : 1)..];
            }
            else if (text[0] == '+')
            {
                target[written++] = (byte)' ';
                text = text[1..];
            }
            else
            {
                var plain = text.IndexOfAny(Encoded);
                plain = plain < 0 ? text.Length : plain;
                text[..plain].CopyTo(target[written..]);
                written += plain;
                text = text[plain..];
            }
        }

        return written;
    }

    /// <summary>Writes a text as PHP's <c>urlencode</c> does, which is what Kommo sends.</summary>
    public static void Encode(ReadOnlySpan<byte> text, IBufferWriter<byte> writer)
    {
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAnyExcept(Unreserved);
            if (plain != 0)
            {
                plain = plain < 0 ? text.Length : plain;
                writer.Write(text[..plain]);
                text = text[plain..];
                continue;
            }

            if (text[0] == ' ')
            {
                writer.Write("+"u8);
            }
            else
            {
                const string Digits = "0123456789ABCDEF";
                writer.Write([(byte)'%', (byte)Digits[text[0] >> 4], (byte)Digits[text[0] & 15]]);
            }

            text = text[1..];
        }
    }

    private static int Hex(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };
}
