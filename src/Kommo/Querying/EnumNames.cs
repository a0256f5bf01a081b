using System.Globalization;
using System.Text.Json;

namespace Kommo;

/// <summary>The names on Kommo's wire of an enumeration's members: the same words in snake case.</summary>
internal static class EnumNames<T>
    where T : struct, Enum
{
    /// <summary>Members with exactly one bit, in order: what a flags enumeration can be made of.</summary>
    private static readonly (T Flag, string Name)[] Flags =
        [.. Enum.GetValues<T>().Where(value => ulong.PopCount(Bits(value)) == 1).Select(value => (value, Of(value)))];

    public static string Of(T value) => Enum.IsDefined(value)
        ? JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString())
        : throw new ArgumentOutOfRangeException(nameof(value), value, "The value is none of the enumeration.");

    public static string? Joined(T flags)
    {
        var chosen = string.Join(',', Flags.Where(entry => flags.HasFlag(entry.Flag)).Select(entry => entry.Name));
        return chosen.Length == 0 ? null : chosen;
    }

    private static ulong Bits(T value) => Convert.ToUInt64(value, CultureInfo.InvariantCulture);
}
