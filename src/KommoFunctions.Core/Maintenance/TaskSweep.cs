using System.Runtime.CompilerServices;
using KommoFunctions.Storage;

namespace KommoFunctions.Maintenance;

/// <summary>What its own store removes, as a whole: dead letters, limiter rows, secrets. A run that has to stop begins anew the next time.</summary>
/// <param name="name">What it is.</param>
/// <param name="every">The time between the starts of two complete passes.</param>
/// <param name="remove">Removes what is past its time and tells how much that was.</param>
internal sealed class TaskSweep(string name, TimeSpan every, Func<DateTimeOffset, CancellationToken, Task<int>> remove) : ISweep
{
    public string Name => name;

    public TimeSpan Every => every;

    public async IAsyncEnumerable<SweptPage> RunAsync(
        DateTimeOffset now, string? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new SweptPage(await remove(now, cancellationToken), Next: null);
    }
}
