using System.Diagnostics;
using System.Text.Json;

namespace KommoFunctions.Receiver;

/// <summary>What the receiver saw of one scenario.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Arrivals">Requests that arrived.</param>
/// <param name="Busiest">The most of them within any one second.</param>
/// <param name="Rate">How many a second from the first to the last.</param>
/// <param name="Calls">What became of the calls.</param>
internal sealed record ScenarioResult(Scenario Scenario, int Arrivals, int Busiest, double Rate, WorkerTally Calls)
{
    /// <summary>Kommo allows seven requests in any second (Kommo: Limitations). A run in which next to nothing arrived shows nothing.</summary>
    public bool IsGood => Busiest <= 7 && Arrivals >= 14;

    public override string ToString() =>
        $"{Scenario}: busiest second {Busiest}, {Rate:0.00} a second, {Arrivals} arrivals; calls: {Calls.Answered} answered, "
        + $"{Calls.WithoutPermit} without a permit, {Calls.WithoutAnswer} without an answer{(IsGood ? "" : "  <-- WRONG")}";
}

/// <summary>Runs one scenario with processes of its own.</summary>
internal static class ScenarioRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>So long that nothing of before is within the same second.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1.2);

    public static async Task<ScenarioResult> RunAsync(
        BenchEnvironment environment, Scenario scenario, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var receiver = environment.Receiver;
        (receiver.Handshake, receiver.ClosingProbability) = (TimeSpan.FromMilliseconds(scenario.HandshakeMilliseconds), scenario.Closing ? 0.2 : 0);
        var workers = Enumerable.Range(0, scenario.Processes).Select(number => Start(environment, scenario, duration, number)).ToList();
        try
        {
            foreach (var worker in workers)
            {
                await ReadLineAsync(worker, Worker.Ready, either.Token);
            }

            await Task.Delay(Between, TimeProvider.System, either.Token);
            receiver.Arrivals.Clear();
            foreach (var worker in workers)
            {
                await worker.StandardInput.WriteLineAsync("go");
                await worker.StandardInput.FlushAsync(either.Token);
            }

            var calls = new WorkerTally();
            foreach (var worker in workers)
            {
                calls.Add(JsonSerializer.Deserialize<WorkerTally>(await ReadLineAsync(worker, null, either.Token))!);
            }

            var (count, busiest, rate) = receiver.Arrivals.Summarize();
            return new ScenarioResult(scenario, count, busiest, rate, calls);
        }
        finally
        {
            foreach (var worker in workers)
            {
                worker.Kill();
                worker.Dispose();
            }
        }
    }

    private static Process Start(BenchEnvironment environment, Scenario scenario, TimeSpan duration, int number)
    {
        var error = scenario.WrongClocks ? TimeSpan.FromSeconds(number % 2 == 0 ? 20 - number : number - 20) : TimeSpan.Zero;
        var plan = new WorkerPlan(scenario, environment.Settings, error, duration);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(ScenarioRun).Assembly.Location);
        start.ArgumentList.Add("worker");
        start.Environment["RECEIVER_BENCH_PLAN"] = JsonSerializer.Serialize(plan);
        return Process.Start(start) ?? throw new InvalidOperationException("A worker did not start.");
    }

    private static async Task<string> ReadLineAsync(Process worker, string? expected, CancellationToken cancellationToken)
    {
        var line = await worker.StandardOutput.ReadLineAsync(cancellationToken);
        return line is not null && (expected is null || line == expected)
            ? line
            : throw new InvalidOperationException($"A worker ended early; it said '{line}', and why on the error output.");
    }
}
