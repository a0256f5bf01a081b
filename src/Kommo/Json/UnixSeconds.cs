using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Kommo;

/// <summary>Unix seconds written as text.</summary>
internal static class UnixSeconds
{
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeSeconds();

    /// <summary>Reads decimal digits with an optional sign; any other text (a local date, say) is no time.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DateTimeOffset time)
    {
        var isNumber = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds);
        return TryConvert(isNumber, seconds, out time);
    }

    /// <summary>Reads decimal digits with an optional sign from UTF-8.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out DateTimeOffset time)
    {
        var isNumber = long.TryParse(utf8, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds);
        return TryConvert(isNumber, seconds, out time);
    }

    /// <summary>The time of a number of seconds, when a <see cref="DateTimeOffset"/> can hold it.</summary>
    public static bool TryConvert(long seconds, out DateTimeOffset time) => TryConvert(true, seconds, out time);

    private static bool TryConvert(bool isNumber, long seconds, out DateTimeOffset time)
    {
        var fits = isNumber && seconds >= Earliest && seconds <= Latest;
        time = fits ? DateTimeOffset.FromUnixTimeSeconds(seconds) : default;
        return fits;
    }
}
