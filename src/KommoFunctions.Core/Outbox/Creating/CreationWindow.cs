using Kommo;

namespace KommoFunctions.Outbox;

/// <summary>
/// When what a request made says that it was made. Bounded at both ends, so that looking for it costs the same however long ago the request was.
/// </summary>
internal static class CreationWindow
{
    /// <summary>Kommo gives up on a request long before.</summary>
    private static readonly TimeSpan LongestRequest = TimeSpan.FromMinutes(10);

    /// <param name="told">The times that the items were sent with; null for those that leave it to Kommo.</param>
    /// <param name="since">When the request was made, by the clock that is behind.</param>
    public static IEnumerable<TimeRange> Of(IReadOnlyList<DateTimeOffset?> told, DateTimeOffset since)
    {
        if (told.Any(time => time is null))
        {
            yield return new TimeRange(since, since + LongestRequest);
        }

        if (told.Any(time => time is not null))
        {
            yield return new TimeRange(told.Min(), told.Max());
        }
    }
}
