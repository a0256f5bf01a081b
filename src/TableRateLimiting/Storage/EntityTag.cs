using System.Globalization;
using Azure;

namespace TableRateLimiting.Storage;

/// <summary>
/// The service's time in an answer. The tag of a written entity is <c>W/"datetime'2026-01-31T12%3A34%3A56.1234567Z'"</c>, the entity's
/// Timestamp, in Azure and in Azurite; it is documented as opaque, so anything else is no error and the Date header, in seconds, has to do.
/// </summary>
internal static class EntityTag
{
    private const string Start = "W/\"datetime'";
    private const string End = "'\"";

    /// <summary>Azurite's time stops at milliseconds (the digits after are there to tell two tags apart).</summary>
    private const long Resolution = TimeSpan.TicksPerMillisecond;

    public static ServiceStamp? FromTag(ETag? tag)
    {
        if (tag?.ToString() is not { } text
            || !text.StartsWith(Start, StringComparison.Ordinal)
            || !text.EndsWith(End, StringComparison.Ordinal)
            || text.Length <= Start.Length + End.Length
            || !TryParse(Uri.UnescapeDataString(text[Start.Length..^End.Length]), out var instant))
        {
            return null;
        }

        return new ServiceStamp(instant.UtcTicks - Resolution, instant.UtcTicks + Resolution);
    }

    public static ServiceStamp? FromDate(Response response) => response.Headers.Date is { } date
        ? new ServiceStamp(date.UtcTicks, date.UtcTicks + TimeSpan.TicksPerSecond)
        : null;

    private static bool TryParse(string text, out DateTimeOffset instant) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
}
