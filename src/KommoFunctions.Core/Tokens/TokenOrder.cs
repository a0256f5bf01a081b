using System.Globalization;

namespace KommoFunctions.Tokens;

/// <summary>Which of two pairs of an account is the newer one: that of the later refresh, and of two with the same number that of the later holder of the lock.</summary>
/// <param name="Generation">Counts the refreshes.</param>
/// <param name="Fence">
/// The generation of the lock under which it was asked for. 0 for a pair of a new connection, which goes before a refresh of the old one with the same number.
/// </param>
internal readonly record struct TokenOrder(long Generation, long Fence) : IComparable<TokenOrder>
{
    public static bool operator <(TokenOrder a, TokenOrder b) => a.CompareTo(b) < 0;

    public static bool operator >(TokenOrder a, TokenOrder b) => a.CompareTo(b) > 0;

    public static bool operator <=(TokenOrder a, TokenOrder b) => a.CompareTo(b) <= 0;

    public static bool operator >=(TokenOrder a, TokenOrder b) => a.CompareTo(b) >= 0;

    public int CompareTo(TokenOrder other) =>
        Generation != other.Generation ? Generation.CompareTo(other.Generation) : Place.CompareTo(other.Place);

    private long Place => Fence == 0 ? long.MaxValue : Fence;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Generation}.{Fence}");
}
