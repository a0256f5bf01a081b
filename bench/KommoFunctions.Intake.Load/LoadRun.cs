using System.Globalization;
using Spectre.Console;

namespace KommoFunctions.Intake.Load;

/// <summary>
/// Intake and the bare endpoint in turns, in one host, on one storage: what the machine does meanwhile meets both. The client is this process, the
/// host another, Azurite a third.
/// </summary>
internal sealed class LoadRun(int turns, TimeSpan duration, int connections, int bytes)
{
    private const double Wanted = 0.9;

    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(500);

    private readonly Turn _intake = new();
    private readonly Turn _bare = new();
    private readonly List<double> _ratios = [];
    private readonly List<TimeSpan> _ready = [];
    private readonly List<TimeSpan> _acknowledged = [];
    private readonly List<TimeSpan> _first = [];

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        for (var turn = 0; turn < turns; turn++)
        {
            // Storage and host anew each time: an emulator with a hundred thousand messages is another one, and each start has a first hook.
            await RunPairAsync(intakeFirst: turn % 2 == 0, cancellationToken);
        }

        var share = _intake.PerSecond / _bare.PerSecond;
        Print(_intake, _bare, share, _ratios);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"First acknowledgement: {Median(_acknowledged)} ms after the process was started (ready after {Median(_ready)} ms); the request itself took {Median(_first)} ms. Medians of {turns} starts; the slowest acknowledgement came after {_acknowledged.Max().TotalMilliseconds:N0} ms."));
        Console.WriteLine(share >= Wanted ? "Right: intake keeps at least 90 % of the bare endpoint's throughput." : "Wrong: intake falls below 90 % of the bare endpoint's throughput.");
        return share >= Wanted ? 0 : 1;
    }

    private async Task RunPairAsync(bool intakeFirst, CancellationToken cancellationToken)
    {
        await using var surroundings = await Surroundings.StartAsync(storageLatency: null, cancellationToken);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections, UseProxy = false });
        var start = Time.GetTimestamp();
        await using var host = HostProcess.Start(surroundings.Port, surroundings.Settings);
        await host.WaitUntilReadyAsync(cancellationToken);
        _ready.Add(Time.GetElapsedTime(start));
        _first.Add(await Turn.PostAsync(http, surroundings.Hook, HookBody.Of(0, bytes), cancellationToken));
        _acknowledged.Add(Time.GetElapsedTime(start));

        await RunAsync(surroundings.Hook, WarmUp);
        await RunAsync(surroundings.Bare, WarmUp);

        // Short slices, one of each and then the other way round: storage fills and the machine's other work comes and goes for both alike.
        var (intake, bare) = (new Turn(), new Turn());
        for (var slice = 0; slice * Slice < duration; slice++)
        {
            var hookFirst = intakeFirst == (slice % 2 == 0);
            foreach (var isHook in new[] { hookFirst, !hookFirst })
            {
                (isHook ? intake : bare).Add(await RunAsync(isHook ? surroundings.Hook : surroundings.Bare, Slice));
            }
        }

        _intake.Add(intake);
        _bare.Add(bare);
        _ratios.Add(intake.PerSecond / bare.PerSecond);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Turn {_ratios.Count} of {turns}: intake {intake.PerSecond:N0}/s, bare {bare.PerSecond:N0}/s, {_ratios[^1]:P1}"));

        Task<Turn> RunAsync(Uri address, TimeSpan time) => Turn.RunAsync(http, address, connections, bytes, time, cancellationToken);
    }

    private static string Median(List<TimeSpan> times) =>
        times.Order().ElementAt(times.Count / 2).TotalMilliseconds.ToString("N0", CultureInfo.InvariantCulture);

    private void Print(Turn intake, Turn bare, double share, List<double> ratios)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn($"{bytes} bytes, {connections} connections");
        foreach (var column in new[] { "Requests", "per second", "p50", "p99", "p99.9", "503" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var (name, turn) in new[] { ("Intake", intake), ("Bare", bare) })
        {
            table.AddRow(
                name, Number(turn.Count), Number(turn.PerSecond), Milliseconds(turn.Percentile(0.5)), Milliseconds(turn.Percentile(0.99)), Milliseconds(turn.Percentile(0.999)), Number(turn.Refused));
        }

        AnsiConsole.Write(table);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Intake's throughput is {share:P1} of the bare endpoint's (turns: {ratios.Min():P1} to {ratios.Max():P1})."));
    }

    private static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("N1", CultureInfo.InvariantCulture) + " ms";
}
