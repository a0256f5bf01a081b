using System.Collections.Concurrent;
using System.Globalization;

namespace KommoFunctions.Model;

/// <summary>Plays many interleavings and says how they went.</summary>
internal static class ModelReport
{
    private const int MaxFaultsShown = 10;

    /// <returns>0 when nothing went wrong, else 1.</returns>
    public static async Task<int> RunAsync(int seed, int count, int workers, ModelMutation? mutation, TextWriter output)
    {
        var started = TimeProvider.System.GetTimestamp();
        var faults = await PlayAsync(seed, count, workers, mutation, (done, faulty) => output.WriteLine(
            Invariant($"{done} of {count} after {TimeProvider.System.GetElapsedTime(started).TotalSeconds:F0} s, {faulty} with a fault")));
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        foreach (var (faulty, fault) in faults.OrderBy(fault => fault.Seed).Take(MaxFaultsShown))
        {
            output.WriteLine(Invariant($"Seed {faulty}: {fault} Play it again: --trace --seed {faulty}"));
        }

        var processor = Environment.CpuUsage.TotalTime;
        var speed = Invariant($"{count / seconds:F0} a second, {processor.TotalMilliseconds / count:F1} ms of a processor each");
        output.WriteLine(Invariant($"{count} interleavings from seed {seed} in {seconds:F0} s ({speed}): {faults.Count} with a fault."));
        return faults.Count == 0 ? 0 : 1;
    }

    /// <returns>0 when nothing went wrong, else 1.</returns>
    public static async Task<int> TraceAsync(int seed, ModelMutation? mutation, TextWriter output)
    {
        var (fault, trace) = await ModelRun.PlayAsync(await ModelWorld.CreateAsync(mutation), seed, new ModelOdds(), traced: true);
        foreach (var line in trace)
        {
            output.WriteLine(line);
        }

        output.WriteLine(fault ?? "Nothing was lost, doubled, or left over.");
        return fault is null ? 0 : 1;
    }

    /// <summary>Plays the interleavings of consecutive seeds, and gives those that went wrong.</summary>
    public static async Task<IReadOnlyCollection<(int Seed, string Fault)>> PlayAsync(
        int seed, int count, int workers, ModelMutation? mutation = null, Action<int, int>? progress = null)
    {
        var faults = new ConcurrentBag<(int, string)>();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            var world = await ModelWorld.CreateAsync(mutation);
            for (int number; (number = Interlocked.Increment(ref next)) < count;)
            {
                if ((await ModelRun.PlayAsync(world, seed + number, new ModelOdds())).Fault is { } fault)
                {
                    faults.Add((seed + number, fault));
                }

                if (number > 0 && number % 10_000 == 0)
                {
                    progress?.Invoke(number, faults.Count);
                }
            }
        })));
        return faults;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
