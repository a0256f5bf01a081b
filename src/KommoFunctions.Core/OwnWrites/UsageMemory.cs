using System.Collections.Concurrent;

namespace KommoFunctions.OwnWrites;

/// <summary>
/// Remembers of ways to write which were not used yet when storage was asked last. What was not used by then has caused no event that came in before: in
/// a backlog that spares most events the question. One that was used stays so for as long as what it wrote is remembered.
/// </summary>
/// <typeparam name="T">Names a way to write.</typeparam>
internal sealed class UsageMemory<T>
    where T : notnull
{
    /// <summary>What two instances' knowledge of storage's time may differ by.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<T, DateTimeOffset> _unusedUntil = new();
    private readonly ConcurrentDictionary<T, bool> _used = new();

    /// <summary>Whether it may have caused an event; storage is asked only when memory does not tell.</summary>
    /// <param name="way">The way to write.</param>
    /// <param name="receivedAt">When the event came in, by storage's time.</param>
    /// <param name="now">Storage's time before storage is asked, the earliest that it may be.</param>
    /// <param name="isUsed">Asks storage.</param>
    public async ValueTask<bool> MayHaveCausedAsync(T way, DateTimeOffset receivedAt, DateTimeOffset now, Func<Task<bool>> isUsed)
    {
        if (_used.ContainsKey(way))
        {
            return true;
        }

        if (_unusedUntil.TryGetValue(way, out var until) && receivedAt + ClockTolerance < until)
        {
            return false;
        }

        if (await isUsed())
        {
            return _used[way] = true;
        }

        _unusedUntil[way] = now;
        return false;
    }
}
