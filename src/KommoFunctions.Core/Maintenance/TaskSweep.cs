using System.Runtime.CompilerServices;
using KommoFunctions.Storage;

namespace KommoFunctions.Maintenance;

/// <summary>What is removed by the one who keeps it, in one go: few things, of which each is gone at once.</summary>
/// <param name="name">What it is.</param>
/// <param name="every">How long after a pass the next one begins.</param>
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
