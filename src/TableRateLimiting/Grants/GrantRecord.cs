using System.Collections.Immutable;

namespace TableRateLimiting.Grants;

/// <summary>What the processes share about one scope. Instants are UTC ticks of the storage service's time.</summary>
/// <param name="Grants">The grants that still count and those to come, in the order of their From.</param>
/// <param name="Floor">No grant before this instant: earlier ones had to be left out for want of room; 0 when there were none.</param>
/// <param name="PausedUntil">No grant before this instant; 0 when there is no pause.</param>
/// <param name="InteractiveSeen">When an interactive permit was last wanted.</param>
/// <param name="BackgroundSeen">When a background permit was last wanted.</param>
/// <param name="Swaps">The names of the latest swaps, the newest last: how a process recognises its own write whose answer was lost.</param>
internal sealed record GrantRecord(
    ImmutableArray<Grant> Grants, long Floor, long PausedUntil, long InteractiveSeen, long BackgroundSeen, ImmutableArray<string> Swaps)
{
    private const int SwapsKept = 16;

    /// <summary>A priority that nobody used for this long has nothing left for it.</summary>
    private const long InUseFor = 10 * TimeSpan.TicksPerSecond;

    public static GrantRecord Empty { get; } = new([], 0, 0, 0, 0, []);

    public long Seen(bool background) => background ? BackgroundSeen : InteractiveSeen;

    public bool InUse(bool background, long now) => Seen(background) is > 0 and var seen && seen > now - InUseFor;

    public GrantRecord Wanted(bool background, long at) => background
        ? this with { BackgroundSeen = Math.Max(BackgroundSeen, at) }
        : this with { InteractiveSeen = Math.Max(InteractiveSeen, at) };

    public GrantRecord Swapped(string name) =>
        this with { Swaps = [.. Swaps.Skip(Math.Max(0, Swaps.Length - SwapsKept + 1)), name] };
}
