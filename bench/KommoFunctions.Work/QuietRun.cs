using KommoFunctions.Bench;
using Spectre.Console;

namespace KommoFunctions.Work;

/// <summary>A quiet account: one lead at a time, with pauses in which everything falls asleep, and the time until its task and its note are in Kommo.</summary>
internal sealed class QuietRun(int leads, TimeSpan pause, TextWriter output)
{
    private static readonly TimeSpan Wanted = TimeSpan.FromMilliseconds(500);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var session = await WorkSession.StartAsync(address => new BenchOptions { Address = address }, 1, output, cancellationToken);
        var account = session.Surroundings.Accounts[0];
        var first = await Awaiting.OneLeadAsync(account, cancellationToken);
        var times = new List<TimeSpan>();
        while (times.Count < leads)
        {
            await Task.Delay(pause, TimeProvider.System, cancellationToken);
            times.Add(await Awaiting.OneLeadAsync(account, cancellationToken));
            if (times.Count % 10 == 0)
            {
                output.WriteLine($"  {times.Count} of {leads}: median {Figures.Milliseconds(Figures.Quantile(times, 0.5))}");
            }
        }

        var median = Figures.Quantile(times, 0.5);
        var table = Figures.Table("From a lead to its task and its note in Kommo", "Time");
        table.AddRow("The first after the start", Figures.Milliseconds(first));
        table.AddRow($"Median of {Figures.Text(leads)}, one at a time, {Figures.Seconds(pause)} between", Figures.Milliseconds(median));
        table.AddRow("95 %", Figures.Milliseconds(Figures.Quantile(times, 0.95)));
        table.AddRow("Slowest", Figures.Milliseconds(times.Max()));
        table.AddRow("Hook acknowledged, mean", Figures.Milliseconds(account.GetStatistics().Hooks.MeanAcknowledgement ?? TimeSpan.Zero));
        output.WriteTable(table);
        output.WriteLine($"{(median <= Wanted ? "Right" : "Wrong")}: the median is {Figures.Milliseconds(median)} (wanted: {Figures.Milliseconds(Wanted)}).");
        return median <= Wanted ? 0 : 1;
    }
}
