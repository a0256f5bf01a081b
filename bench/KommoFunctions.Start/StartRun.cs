using System.Globalization;

namespace KommoFunctions.Start;

/// <summary>Starts the two published workers in turns, and times each from its process's start to the answer to its first hook.</summary>
internal sealed class StartRun(string readyToRun, string justInTime, int starts)
{
    private static readonly TimeProvider Time = TimeProvider.System;

    private readonly List<StartTimes> _readyToRun = [];
    private readonly List<StartTimes> _justInTime = [];
    private int _posted;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var surroundings = await Surroundings.StartAsync(cancellationToken);
        await using var host = await FunctionsHost.StartAsync(cancellationToken);

        // Not counted: whoever comes first reads its files from the disk.
        await MeasureAsync(readyToRun);
        await MeasureAsync(justInTime);
        for (var turn = 0; turn < starts; turn++)
        {
            // In turns, each first as often as second: what the machine does meanwhile meets both.
            foreach (var first in new[] { turn % 2 == 0, turn % 2 != 0 })
            {
                (first ? _readyToRun : _justInTime).Add(await MeasureAsync(first ? readyToRun : justInTime));
            }
        }

        Console.WriteLine($"Milliseconds from the start of the process, medians of {starts} starts each:");
        Print("ReadyToRun", _readyToRun);
        Print("Compiled at run time", _justInTime);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"ReadyToRun's first acknowledgement comes after {Share(t => t.Acknowledged):P0} of the time, with {Share(t => t.Processor):P0} of the work."));
        var stored = await surroundings.CountAsync(cancellationToken);
        Console.WriteLine(stored == _posted
            ? $"Right: all {_posted} acknowledged hooks are in the queue."
            : $"Wrong: {_posted} hooks were acknowledged, {stored} are in the queue.");
        return stored == _posted ? 0 : 1;

        async Task<StartTimes> MeasureAsync(string folder)
        {
            var start = Time.GetTimestamp();
            await using var worker = await StartedWorker.StartAsync(host, folder, surroundings.Settings, cancellationToken);
            var loaded = Time.GetElapsedTime(start);
            var status = await worker.PostAsync(new HookRequest(surroundings.Hook, ++_posted), cancellationToken);
            return status == "200"
                ? new StartTimes(worker.Connected, loaded, Time.GetElapsedTime(start), worker.ProcessorTime)
                : throw new InvalidOperationException($"The first hook was answered {status}.");
        }
    }

    private double Share(Func<StartTimes, TimeSpan> part) => Median(_readyToRun, part) / Median(_justInTime, part);

    private static void Print(string name, List<StartTimes> times)
    {
        var connected = $"connected {Milliseconds(Median(times, t => t.Connected))}";
        var loaded = $"functions loaded {Milliseconds(Median(times, t => t.Loaded))}";
        var acknowledged = $"first hook acknowledged {Milliseconds(Median(times, t => t.Acknowledged))}";
        var slowest = Milliseconds(times.Max(t => t.Acknowledged));
        Console.WriteLine(
            $"{name + ":",-22}{connected}, {loaded}, {acknowledged} (slowest {slowest}); processor time {Milliseconds(Median(times, t => t.Processor))}");
    }

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("N0", CultureInfo.InvariantCulture);

    private static TimeSpan Median(List<StartTimes> times, Func<StartTimes, TimeSpan> part) => times.Select(part).Order().ElementAt(times.Count / 2);
}

/// <summary>Each from the start of the process.</summary>
/// <param name="Connected">Its stream to the host is open.</param>
/// <param name="Loaded">All functions are loaded.</param>
/// <param name="Acknowledged">The first hook is answered 200.</param>
/// <param name="Processor">What the worker had used of the processors by then.</param>
internal sealed record StartTimes(TimeSpan Connected, TimeSpan Loaded, TimeSpan Acknowledged, TimeSpan Processor);
