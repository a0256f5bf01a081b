using System.Globalization;
using System.Text;

namespace Kommo.Webhooks;

/// <summary>
/// Times and dates as hooks have them: unix seconds, RFC 3339, and texts in the account's local time (<c>2024-01-02 03:04:05</c> on tasks and
/// notes, <c>12.01.1980</c> in birthdays).
/// </summary>
internal static class HookTime
{
    /// <summary>Shorter and longer texts are no times.</summary>
    private const int ShortestText = 10;
    private const int LongestText = 40;

    private static readonly string[] LocalFormats =
    [
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd", "dd.MM.yyyy HH:mm:ss", "dd.MM.yyyy HH:mm", "dd.MM.yyyy",
    ];

    private static readonly string[] DateFormats = ["dd.MM.yyyy", "yyyy-MM-dd"];

    private static readonly string[] InstantFormats =
        ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:sszzz"];

    /// <summary>Reads an instant; a local text only when the zone is known.</summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, TimeZoneInfo? zone, out DateTimeOffset time)
    {
        Span<char> text = stackalloc char[LongestText];
        return UnixSeconds.TryParse(utf8, out time) || (TryWiden(utf8, ref text) && TryReadText(text, zone, out time));
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, TimeZoneInfo?, out DateTimeOffset)"/>
    public static bool TryRead(string? text, TimeZoneInfo? zone, out DateTimeOffset time) =>
        UnixSeconds.TryParse(text, out time) || TryReadText(text, zone, out time);

    /// <summary>Whether the text is a date and a time of day without a zone.</summary>
    public static bool IsLocal(ReadOnlySpan<byte> utf8)
    {
        Span<char> text = stackalloc char[LongestText];
        return utf8.Length is >= 16 and <= 19
            && TryWiden(utf8, ref text)
            && DateTime.TryParseExact(text, LocalFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }

    /// <summary>Reads a date without time.</summary>
    public static bool TryReadDate(string? text, out DateOnly date) =>
        DateOnly.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    private static bool TryReadText(ReadOnlySpan<char> text, TimeZoneInfo? zone, out DateTimeOffset time)
    {
        // Without an offset in the text, "K" would silently mean the machine's own zone.
        if (text.Length > 19
            && DateTimeOffset.TryParseExact(text, InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time)
            && (text[^1] == 'Z' || text[^6] is '+' or '-'))
        {
            return true;
        }

        time = default;
        if (zone is null || !DateTime.TryParseExact(text, LocalFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return false;
        }

        // At both ends of the calendar the instant may lie beyond it. A time that the clock skipped counts as before the change.
        var ticks = local.Ticks - zone.GetUtcOffset(local).Ticks;
        if (ticks < DateTimeOffset.MinValue.Ticks || ticks > DateTimeOffset.MaxValue.Ticks)
        {
            return false;
        }

        time = new DateTimeOffset(local, zone.GetUtcOffset(local));
        return true;
    }

    private static bool TryWiden(ReadOnlySpan<byte> utf8, ref Span<char> text)
    {
        if (utf8.Length is < ShortestText or > LongestText || !char.IsAsciiDigit((char)utf8[0]))
        {
            return false;
        }

        text = text[..Encoding.ASCII.GetChars(utf8, text)];
        return true;
    }
}
