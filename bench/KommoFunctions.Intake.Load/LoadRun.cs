using System.Globalization;
using KommoFunctions.Messaging;
using Spectre.Console;

namespace KommoFunctions.Intake.Load;

/// <summary>
/// Intake and the bare endpoint in turns, in one host, on one storage: what the machine does meanwhile meets both. The client is this process, the
/// host another.
/// </summary>
internal sealed class LoadRun(int turns, TimeSpan duration, int connections, int bytes)
{
    private const double Wanted = 0.9;

    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Console.WriteLine("Starting storage and the vault");
        await using var surroundings = await Surroundings.StartAsync(storageLatency: null, cancellationToken);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections, UseProxy = false });

        Console.WriteLine("Starting the host");
        var start = Time.GetTimestamp();
        await using var host = HostProcess.Start(surroundings.Port, surroundings.Settings);
        await host.WaitUntilReadyAsync(cancellationToken);
        var ready = Time.GetElapsedTime(start);
        var first = await Turn.PostAsync(http, surroundings.Hook, HookBody.Of(0, bytes), cancellationToken);
        var acknowledged = Time.GetElapsedTime(start);
        foreach (var address in new[] { surroundings.Hook, surroundings.Bare })
        {
            await RunAsync(surroundings, http, address, WarmUp, cancellationToken);
        }

        var (intake, bare) = (new Turn(), new Turn());
        var ratios = new List<double>();
        for (var turn = 0; turn < turns; turn++)
        {
            // Who comes first changes, since the second one meets a busier storage.
            var one = turn % 2 == 0 ? surroundings.Hook : surroundings.Bare;
            var other = turn % 2 == 0 ? surroundings.Bare : surroundings.Hook;
            var a = await RunAsync(surroundings, http, one, duration, cancellationToken);
            var b = await RunAsync(surroundings, http, other, duration, cancellationToken);
            var (i, q) = turn % 2 == 0 ? (a, b) : (b, a);
            ratios.Add(i.PerSecond / q.PerSecond);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"Turn {turn + 1} of {turns}: intake {i.PerSecond:N0}/s, bare {q.PerSecond:N0}/s, {ratios[^1]:P1}"));
            intake.Add(i);
            bare.Add(q);
        }

        var share = intake.PerSecond / bare.PerSecond;
        Print(intake, bare, share, ratios);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"First acknowledgement: {acknowledged.TotalMilliseconds:N0} ms after the process was started (ready after {ready.TotalMilliseconds:N0} ms); the request itself took {first.TotalMilliseconds:N1} ms."));
        Console.WriteLine(share >= Wanted ? "Right: intake keeps at least 90 % of the bare endpoint's throughput." : "Wrong: intake falls below 90 % of the bare endpoint's throughput.");
        return share >= Wanted ? 0 : 1;
    }

    private async Task<Turn> RunAsync(Surroundings surroundings, HttpClient http, Uri address, TimeSpan time, CancellationToken cancellationToken)
    {
        var turn = await Turn.RunAsync(http, address, connections, bytes, time, cancellationToken);
        await surroundings.Queue(QueueNames.Hooks).ClearMessagesAsync(cancellationToken);
        await surroundings.Queue(IntakeHost.BareQueue).ClearMessagesAsync(cancellationToken);
        return turn;
    }

    private void Print(Turn intake, Turn bare, double share, List<double> ratios)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn($"{bytes} bytes, {connections} connections");
        foreach (var column in new[] { "Requests", "per second", "p50", "p99", "p99.9" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var (name, turn) in new[] { ("Intake", intake), ("Bare", bare) })
        {
            table.AddRow(
                name, Number(turn.Count), Number(turn.PerSecond), Milliseconds(turn.Percentile(0.5)), Milliseconds(turn.Percentile(0.99)), Milliseconds(turn.Percentile(0.999)));
        }

        AnsiConsole.Write(table);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Intake's throughput is {share:P1} of the bare endpoint's (turns: {ratios.Min():P1} to {ratios.Max():P1})."));
    }

    private static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("N1", CultureInfo.InvariantCulture) + " ms";
}
