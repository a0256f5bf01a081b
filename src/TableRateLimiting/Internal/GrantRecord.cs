using System.Collections.Immutable;

namespace TableRateLimiting.Internal;

/// <summary>What the processes share about one scope. Instants are UTC ticks of the storage service's time.</summary>
/// <param name="Grants">The latest grants, sorted, the oldest first; the newest may lie in the future.</param>
/// <param name="PausedUntil">No grant before this instant; 0 when there is no pause.</param>
/// <param name="Swaps">The names of the latest swaps, the newest last: how a process recognises its own write whose answer was lost.</param>
internal sealed record GrantRecord(ImmutableArray<long> Grants, long PausedUntil, ImmutableArray<string> Swaps)
{
    private const int SwapsKept = 16;

    public static GrantRecord Empty { get; } = new([], 0, []);

    public GrantRecord Swapped(string name) =>
        this with { Swaps = [.. Swaps.Skip(Math.Max(0, Swaps.Length - SwapsKept + 1)), name] };
}
