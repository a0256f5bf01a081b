using Microsoft.Extensions.Options;

namespace KommoFunctions.Tokens;

/// <summary>When tokens are refreshed, and when a refresh that failed is tried again.</summary>
internal sealed class RefreshSchedule(IOptions<TokenOptions> options)
{
    /// <summary>The part of the time until a refresh over which the accounts are spread.</summary>
    private const double Spread = 1.0 / 6;

    /// <summary>The tokens' due time, spread over the accounts so that those that were connected together do not all come at once.</summary>
    public DateTimeOffset DueAt(long accountId, AccountTokens tokens) => tokens.RefreshToken is null
        ? DateTimeOffset.MaxValue
        : tokens.IssuedAt + ((tokens.ExpiresAt - tokens.IssuedAt) * (options.Value.RefreshAtPercent / 100.0 * (1 - (Spread * PlaceOf(accountId)))));

    /// <summary>The wait after so many failed refreshes in a row.</summary>
    public TimeSpan RetryDelay(long accountId, int failures)
    {
        var grown = options.Value.FirstRetryDelay * Math.Pow(2, Math.Clamp(failures - 1, 0, 30));
        var longest = options.Value.LongestRetryDelay;
        return (grown < longest ? grown : longest) * (1 - (Spread * PlaceOf(accountId)));
    }

    /// <summary>The account's place from 0 to 1; ids that follow each other are far apart (multiplicative hashing by the golden ratio).</summary>
    private static double PlaceOf(long accountId) => ((unchecked((ulong)accountId * 0x9E3779B97F4A7C15)) >> 11) / (double)(1UL << 53);
}
