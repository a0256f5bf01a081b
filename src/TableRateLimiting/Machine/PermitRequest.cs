namespace TableRateLimiting.Machine;

/// <summary>What a caller wants.</summary>
/// <param name="Permits">How many permits, all at one instant.</param>
/// <param name="Background">Whether interactive callers go before it.</param>
/// <param name="Ahead">Whether it is to be told when the permits are booked, and not when they are due.</param>
/// <param name="NotBefore">The first instant at which they are of use.</param>
/// <param name="Deadline">The last one, or null: as long as the options let it wait.</param>
internal readonly record struct PermitRequest(
    int Permits, bool Background = false, bool Ahead = false, long NotBefore = long.MinValue, long? Deadline = null);

/// <summary>What became of a request: use the permits of this slot, or they are refused.</summary>
internal readonly record struct PermitOutcome(bool Granted, Slot Slot, int Freezes, TimeSpan? RetryAfter)
{
    public static PermitOutcome Grant(Slot slot, int freezes) => new(true, slot, freezes, null);

    public static PermitOutcome Refuse(TimeSpan? retryAfter) => new(false, default, 0, retryAfter);
}
