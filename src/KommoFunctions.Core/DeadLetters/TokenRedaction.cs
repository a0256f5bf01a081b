using System.Buffers;
using System.Text;

namespace KommoFunctions.DeadLetters;

/// <summary>
/// Takes the signature out of the JWTs in a text that is shown. A Salesbot's token lets whoever has it send us requests in Kommo's name until it ends;
/// without its signature it lets nobody, and still says what it is about. A replay does not need the signature: it was checked before the request was
/// queued.
/// </summary>
/// <remarks>
/// A scan and not a regular expression: the text is a stranger's, of up to 4 MB, and each of its characters is looked at a few times at most.
/// </remarks>
internal static class TokenRedaction
{
    private const string NotShown = "signature-not-shown";

    /// <summary>Header and payload are JSON objects in base64url, so begin with <c>{"</c>.</summary>
    private const string ObjectStart = "eyJ";

    private const int MinObject = 9;
    private const int MinSignature = 16;

    private static readonly SearchValues<char> Base64UrlChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static string Of(string text)
    {
        StringBuilder? shown = null;

        // How many parts of a token end where the last run of its characters ended: none, a header, or a header and a payload.
        var (copied, parts, last) = (0, 0, -1);
        while (TryFindRun(text, last + 1, out var start, out var end))
        {
            var run = text.AsSpan(start, end - start);
            parts = start == last + 1 && last >= 0 && text[last] == '.' ? parts : 0;
            if (parts == 2 && run.Length >= MinSignature)
            {
                shown = (shown ?? new StringBuilder(text.Length)).Append(text, copied, start - copied).Append(NotShown);
                (copied, parts) = (end, 0);
            }
            else
            {
                parts = parts > 0 && IsObject(run) ? 2 : EndsWithObject(run) ? 1 : 0;
            }

            last = end;
        }

        return shown is null ? text : shown.Append(text, copied, text.Length - copied).ToString();
    }

    private static bool TryFindRun(string text, int from, out int start, out int end)
    {
        (start, end) = (text.Length, text.Length);
        var skipped = from < text.Length ? text.AsSpan(from).IndexOfAny(Base64UrlChars) : -1;
        if (skipped < 0)
        {
            return false;
        }

        start = from + skipped;
        var length = text.AsSpan(start).IndexOfAnyExcept(Base64UrlChars);
        end = length < 0 ? text.Length : start + length;
        return true;
    }

    private static bool IsObject(ReadOnlySpan<char> part) => part.Length >= MinObject && part.StartsWith(ObjectStart, StringComparison.Ordinal);

    /// <summary>What stands before a token, such as the name of a file and a dash, does not hide it.</summary>
    private static bool EndsWithObject(ReadOnlySpan<char> part)
    {
        var start = part.IndexOf(ObjectStart, StringComparison.Ordinal);
        return start >= 0 && part.Length - start >= MinObject;
    }
}
