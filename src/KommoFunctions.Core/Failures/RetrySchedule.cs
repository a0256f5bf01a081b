namespace KommoFunctions.Failures;

/// <summary>The growing, jittered delays between attempts.</summary>
internal sealed class RetrySchedule(RetryOptions options, Random random)
{
    /// <summary>The delay before the next attempt, after <paramref name="attempts"/> failed ones; at least <paramref name="atLeast"/>.</summary>
    public TimeSpan Next(int attempts, TimeSpan? atLeast = null)
    {
        var grown = options.FirstDelay * Math.Pow(2, Math.Min(attempts - 1, 30));
        var delay = (grown < options.LongestDelay ? grown : options.LongestDelay) * (0.5 + (random.NextDouble() / 2));
        return atLeast is { } floor && floor > delay ? floor + (options.FirstDelay * random.NextDouble()) : delay;
    }
}
