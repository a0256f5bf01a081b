using Kommo.Simulator;
using KommoFunctions.Bench;
using Spectre.Console;

namespace KommoFunctions.Work;

/// <summary>One account has a backlog; what does another account's next event have to wait for?</summary>
internal sealed class FairRun(int backlog, int eventsPerHook, int samples, int processes, TextWriter output)
{
    private static readonly TimeSpan Wanted = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var session = await WorkSession.StartAsync(
            address => new BenchOptions { Address = address, Accounts = 2, LeadsBefore = [backlog] }, processes, output, cancellationToken);
        var (busy, quiet) = (session.Surroundings.Accounts[0], session.Surroundings.Accounts[1]);
        await Awaiting.OneLeadAsync(quiet, cancellationToken);
        output.WriteLine("The other account alone");
        var alone = await SampleAsync(quiet, cancellationToken);

        output.WriteLine($"A backlog of {Figures.Text(backlog)} events comes in");
        await session.Hooks.SendAsync(busy, busy.Leads, eventsPerHook, cancellationToken);
        output.WriteLine($"All its hooks are acknowledged; {Left(busy)}");
        var beside = await SampleAsync(quiet, cancellationToken);
        var left = await session.Surroundings.Leftovers.FindAsync(cancellationToken);
        output.WriteLine($"  left meanwhile: {string.Join(", ", left.Select(place => $"{place.Key} {Figures.Text(place.Value)}"))}");

        var table = Figures.Table("From a lead of the other account to its effects", "Alone", "Beside the backlog");
        table.AddRow("First", Figures.Milliseconds(alone[0]), Figures.Milliseconds(beside[0]));
        table.AddRow("Median", Figures.Milliseconds(Figures.Quantile(alone, 0.5)), Figures.Milliseconds(Figures.Quantile(beside, 0.5)));
        table.AddRow("Slowest", Figures.Milliseconds(alone.Max()), Figures.Milliseconds(beside.Max()));
        table.AddRow("Backlog that was left at the end", "", Left(busy));
        output.WriteTable(table);
        var stood = busy.GetStatistics() is var end && end.Tasks + end.Notes < 2 * backlog;
        var right = beside.Max() <= Wanted;
        output.WriteLine($"{(right ? "Right" : "Wrong")}: the slowest took {Figures.Seconds(beside.Max())} (wanted: {Figures.Seconds(Wanted)}){(stood ? "" : "; but the backlog was over before the last one: take a larger one")}.");
        return right && stood ? 0 : 1;
    }

    private async Task<IReadOnlyList<TimeSpan>> SampleAsync(KommoSimulator account, CancellationToken cancellationToken)
    {
        var times = new List<TimeSpan>();
        while (times.Count < samples)
        {
            times.Add(await Awaiting.OneLeadAsync(account, cancellationToken));
            output.WriteLine($"  lead {times.Count} of {samples}: {Figures.Milliseconds(times[^1])}");
            await Task.Delay(Between, TimeProvider.System, cancellationToken);
        }

        return times;
    }

    private string Left(KommoSimulator account)
    {
        var now = account.GetStatistics();
        return $"{Figures.Text((2L * backlog) - now.Tasks - now.Notes)} of {Figures.Text(2L * backlog)} effects are missing";
    }
}
