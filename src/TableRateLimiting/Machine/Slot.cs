using TableRateLimiting.Grants;

namespace TableRateLimiting.Machine;

/// <summary>A booked instant of this process and the permits that may be used then.</summary>
/// <param name="Instant">From when on.</param>
/// <param name="UsableUntil">Until when.</param>
/// <param name="Permits">How many are left of it.</param>
/// <param name="Grant">Each of them as the record has it.</param>
/// <param name="Spare">Whether it was booked for callers still to come.</param>
internal readonly record struct Slot(long Instant, long UsableUntil, int Permits, Grant Grant, bool Spare = false)
{
    /// <summary>A place in the record as a slot of this process.</summary>
    /// <param name="place">The place, on the service's scale.</param>
    /// <param name="tolerance">How late after its instant it may still be used.</param>
    /// <param name="permits">How many permits.</param>
    /// <param name="offset">The service's time less this process's.</param>
    /// <param name="spare">Whether it is for callers still to come.</param>
    public static Slot Of(Place place, long tolerance, int permits, long offset, bool spare = false) =>
        new(place.Instant - offset, place.Instant - offset + tolerance, permits, place.Grant, spare);
}
