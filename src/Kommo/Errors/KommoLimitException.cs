namespace Kommo;

/// <summary>
/// What was asked for is against a limit that Kommo documents, so it was refused before a request was spent on it. The
/// message names the limit.
/// </summary>
public sealed class KommoLimitException : ArgumentException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is limited, to what, and what was asked for.</param>
    /// <param name="parameter">The parameter or property that is against the limit.</param>
    public KommoLimitException(string message, string? parameter)
        : base(message, parameter)
    {
    }

    internal static void Require(int count, int least, int most, string what, string parameter)
    {
        if (count < least || count > most)
        {
            throw new KommoLimitException($"{what} takes {least} to {most}, not {count}.", parameter);
        }
    }

    /// <summary>Refuses more than <paramref name="most"/> of what is counted.</summary>
    internal static void RequireAtMost(int? count, int most, string what, string parameter)
    {
        if (count > most)
        {
            throw new KommoLimitException($"At most {most} {what}, not {count}.", parameter);
        }
    }
}
