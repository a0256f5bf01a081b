using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace TableRateLimiting.Grants;

/// <summary>
/// Grants in words: <c>From+Width</c>, and a <c>b</c> behind a background grant. The first From is in ticks since 0001-01-01, the others in ticks since
/// the one before; a width that equals the one before is left out.
/// </summary>
internal static class GrantText
{
    public static string Write(ImmutableArray<Grant> grants)
    {
        var text = new StringBuilder();
        var (from, width) = (0L, -1L);
        foreach (var grant in grants)
        {
            text.Append(text.Length > 0 ? " " : "").Append(CultureInfo.InvariantCulture, $"{grant.From - from}");
            if (grant.Until - grant.From != width)
            {
                text.Append(CultureInfo.InvariantCulture, $"+{grant.Until - grant.From}");
            }

            text.Append(grant.Background ? "b" : "");
            (from, width) = (grant.From, grant.Until - grant.From);
        }

        return text.ToString();
    }

    /// <exception cref="InvalidDataException">A word is no grant.</exception>
    public static ImmutableArray<Grant> Read(string text)
    {
        var grants = ImmutableArray.CreateBuilder<Grant>();
        var (from, width) = (0L, -1L);
        foreach (var range in text.AsSpan().Split(' '))
        {
            var word = text.AsSpan(range);
            if (word.IsEmpty)
            {
                continue;
            }

            var background = word[^1] == 'b';
            var number = background ? word[..^1] : word;
            var plus = number.IndexOf('+');
            if (!TryRead(plus < 0 ? number : number[..plus], out var step)
                || (plus < 0 ? width < 0 : !TryRead(number[(plus + 1)..], out width))
                || step > DateTimeOffset.MaxValue.UtcTicks - from
                || width > TimeSpan.TicksPerHour)
            {
                throw new InvalidDataException($"The limiter's entity has a grant that is none: '{word}'.");
            }

            from += step;
            grants.Add(new Grant(from, from + width, background));
        }

        return grants.ToImmutable();
    }

    private static bool TryRead(ReadOnlySpan<char> digits, out long value) => long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
