using System.Globalization;

namespace Kommo.Simulator.Hooks;

internal static class HookDates
{
    /// <summary>Unix seconds as local text, <c>Y-m-d H:i:s</c>: what tasks and notes carry as <c>date_create</c>.</summary>
    public static string Local(long unixSeconds, KommoSimulatorOptions options) =>
        TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(unixSeconds), options.TimeZone)
            .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
