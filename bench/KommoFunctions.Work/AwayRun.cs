using Kommo.Simulator;
using KommoFunctions.Bench;
using KommoFunctions.DeadLetters;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace KommoFunctions.Work;

/// <summary>
/// Kommo is away for an hour, first without any answer, then with errors only, while events come in; then it is back. The hour and the app's delays are
/// shortened by the same factor, Kommo's limit is not. Batches are small, so that there is a drain to measure.
/// </summary>
internal sealed class AwayRun(AwayOptions options, TextWriter output)
{
    private const double Wanted = 0.9;
    private const int PermittedRate = 7;

    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time = TimeProvider.System;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var session = await WorkSession.StartAsync(options.Surroundings, options.Processes, output, cancellationToken);
        var account = session.Surroundings.Accounts[0];
        await Awaiting.OneLeadAsync(account, cancellationToken);

        output.WriteLine($"Kommo is away for {Figures.Seconds(options.Away)}, which stands for {options.StandsFor}; {Figures.Text(options.Events)} events come in");
        var way = session.Surroundings.Ways!.Accounts[0];
        way.Away = true;
        await session.Hooks.SendAsync(account, account.Leads.Take(options.Events), 1, cancellationToken);
        await StayAwayAsync(session.Surroundings, options.Away / 2, cancellationToken);
        account.AddFault(new SimulatorFault(FaultKind.ServerError, Count: int.MaxValue));
        way.Away = false;
        await StayAwayAsync(session.Surroundings, options.Away / 2, cancellationToken);
        account.ClearFaults();

        output.WriteLine("It is back");
        account.ResetStatistics();
        var back = _time.GetTimestamp();
        await UntilFirstAsync(account, cancellationToken);
        var (idle, requests, first) = (_time.GetElapsedTime(back), account.GetStatistics().Requests, _time.GetTimestamp());
        await Awaiting.EffectsAsync(account, options.Events + 1, output, cancellationToken);
        var drained = _time.GetElapsedTime(first);
        return await PrintAsync(session, account, idle, drained, account.GetStatistics().Requests - requests, cancellationToken);
    }

    private async Task StayAwayAsync(BenchSurroundings surroundings, TimeSpan time, CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        while (time - _time.GetElapsedTime(start) is { Ticks: > 0 } left)
        {
            await Task.Delay(left < ReportEvery ? left : ReportEvery, _time, cancellationToken);
            output.WriteLine($"  {Figures.Text(await surroundings.Leftovers.CountAsync(cancellationToken))} messages and commands wait");
        }
    }

    /// <summary>What waits asks again when its delay is over.</summary>
    private async Task UntilFirstAsync(KommoSimulator account, CancellationToken cancellationToken)
    {
        while (account.GetStatistics() is { Tasks: <= 1, Notes: <= 1 })
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), _time, cancellationToken);
        }
    }

    private async Task<int> PrintAsync(
        WorkSession session, KommoSimulator account, TimeSpan idle, TimeSpan drained, long requests, CancellationToken cancellationToken)
    {
        var dead = await session.Surroundings.Services.GetRequiredService<DeadLetterStore>().ListAsync(cancellationToken: cancellationToken).CountAsync(cancellationToken);
        var (effects, now, rate) = (new Effects(account), account.GetStatistics(), requests / drained.TotalSeconds);
        var leads = account.Leads.Take(options.Events).ToList();
        var (missing, doubled) = (leads.Sum(lead => effects.Missing(lead.Id)), leads.Sum(lead => effects.Doubled(lead.Id)));
        var table = Figures.Table("After Kommo was away", "Result");
        table.AddRow("Effects missing", Figures.Text(missing));
        table.AddRow("Effects doubled", Figures.Text(doubled));
        table.AddRow("Dead letters, poison included", Figures.Text(dead));
        table.AddRow("First effect after it was back", Figures.Seconds(idle));
        table.AddRow("The backlog was through after another", Figures.Seconds(drained));
        table.AddRow("Requests meanwhile", Figures.Text(requests));
        table.AddRow($"Requests a second (permitted: {PermittedRate})", $"{Figures.Text(rate, 2)} ({Figures.Text(100 * rate / PermittedRate, 0)} %)");
        table.AddRow("Busiest 1-second window", Figures.Text(now.BusiestWindow));
        table.AddRow("Refused (429)", Figures.Text(now.Refused));
        output.WriteTable(table);
        var right = missing + doubled + dead == 0 && now.Refused == 0 && rate >= Wanted * PermittedRate;
        output.WriteLine($"{(right ? "Right" : "Wrong")}: nothing may be lost, doubled or dead, and at least {Figures.Text(100 * Wanted, 0)} % of the permitted rate is wanted.");
        return right ? 0 : 1;
    }
}
