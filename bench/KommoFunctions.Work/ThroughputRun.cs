using Kommo;
using Kommo.Simulator;
using KommoFunctions.Accounts;
using KommoFunctions.Bench;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace KommoFunctions.Work;

/// <summary>
/// Events that each write a task and a note go the whole way through the app; beside it, under the same limit and in the same run, what one call an event
/// comes to. The two have an account each.
/// </summary>
internal sealed class ThroughputRun(ThroughputOptions options, TextWriter output)
{
    private const int Callers = 8;

    /// <summary>For how many events the two times are printed.</summary>
    private const int Told = 10_000;

    private const double Wanted = 10;

    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time = TimeProvider.System;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var session = await WorkSession.StartAsync(
            address => new BenchOptions { Address = address, Accounts = 2, LeadsBefore = [options.Events, options.Baseline] }, options.Processes, output, cancellationToken);
        var (batching, calling) = (session.Surroundings.Accounts[0], session.Surroundings.Accounts[1]);

        output.WriteLine($"One call an event: {Figures.Text(options.Baseline)} events");
        var called = await CallAsync(session.Surroundings, calling, cancellationToken);

        output.WriteLine($"The app: {Figures.Text(options.Events)} events, {Figures.Text(options.EventsPerHook)} a hook");
        var (storage, executions) = (session.Surroundings.Storage.Statistics.Total, session.Executions);
        var start = _time.GetTimestamp();
        var hooks = await SendAsync(session, batching, cancellationToken);
        await Awaiting.EffectsAsync(batching, options.Events, output, cancellationToken);
        var done = _time.GetElapsedTime(start);
        await WaitUntilNothingIsLeftAsync(session.Surroundings, cancellationToken);
        (storage, executions) = (session.Surroundings.Storage.Statistics.Total - storage, session.Executions - executions + hooks);

        return Print(called, done, storage, executions, calling.GetStatistics(), batching, new Effects(batching), Failures(session.Surroundings));
    }

    /// <summary>As a handler would that calls Kommo itself: one task an event, at the limit, with as many at a time as it takes to keep it busy.</summary>
    private async Task<TimeSpan> CallAsync(BenchSurroundings surroundings, KommoSimulator account, CancellationToken cancellationToken)
    {
        var session = await surroundings.Services.GetRequiredService<AccountSessions>().GetAsync(account.Options.AccountId, cancellationToken);
        var start = _time.GetTimestamp();
        await Parallel.ForEachAsync(
            account.Leads,
            new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = cancellationToken },
            async (lead, token) => await session.Kommo.Tasks.CreateAsync(
                new NewTask { EntityType = EntityType.Leads, EntityId = lead.Id, Text = "Call", CompleteTill = _time.GetUtcNow().AddHours(1) }, token));
        return _time.GetElapsedTime(start);
    }

    /// <summary>As fast as they are worked off, with so many on the way at a time.</summary>
    private async Task<int> SendAsync(WorkSession session, KommoSimulator account, CancellationToken cancellationToken)
    {
        var (sent, hooks, reported) = (0, 0, _time.GetTimestamp());
        foreach (var some in account.Leads.Chunk(Math.Max(options.EventsPerHook, options.Ahead / 8)))
        {
            while (sent - account.GetStatistics().Notes > options.Ahead - some.Length)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), _time, cancellationToken);
            }

            hooks += await session.Hooks.SendAsync(account, some, options.EventsPerHook, cancellationToken);
            sent += some.Length;
            if (_time.GetElapsedTime(reported) > ReportEvery)
            {
                reported = _time.GetTimestamp();
                output.WriteLine($"  {Figures.Text(sent)} of {Figures.Text(options.Events)} events were sent");
            }
        }

        return hooks;
    }

    private async Task WaitUntilNothingIsLeftAsync(BenchSurroundings surroundings, CancellationToken cancellationToken)
    {
        while (await surroundings.Leftovers.CountAsync(cancellationToken) > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), _time, cancellationToken);
        }
    }

    /// <summary>Conflicts, above all: two processes that wanted the same row.</summary>
    private static Dictionary<int, long> Failures(BenchSurroundings surroundings) => surroundings.Storage.Statistics.SnapshotAnswers()
        .Where(answer => answer.Key.Status >= 400)
        .GroupBy(answer => answer.Key.Status, answer => answer.Value)
        .ToDictionary(answers => answers.Key, answers => answers.Sum());

    private int Print(
        TimeSpan called, TimeSpan done, long storage, long executions, SimulatorStatistics calling, KommoSimulator account, Effects effects,
        IReadOnlyDictionary<int, long> failures)
    {
        var batching = account.GetStatistics();
        var (before, now) = (options.Baseline / called.TotalSeconds, options.Events / done.TotalSeconds);
        var table = Figures.Table("", "One call an event", "The app");
        table.AddRow("Events", Figures.Text(options.Baseline), Figures.Text(options.Events));
        table.AddRow("All in Kommo after", Figures.Seconds(called), Figures.Seconds(done));
        table.AddRow("Events a second", Figures.Text(before), Figures.Text(now));
        table.AddRow($"{Figures.Text(Told)} events would take", Figures.Seconds(TimeSpan.FromSeconds(Told / before)), Figures.Seconds(TimeSpan.FromSeconds(Told / now)));
        table.AddRow("Effects in Kommo (missing, doubled)", Figures.Text(calling.Tasks), $"{Figures.Text(batching.Tasks + batching.Notes)} ({account.Leads.Sum(lead => effects.Missing(lead.Id))}, {account.Leads.Sum(lead => effects.Doubled(lead.Id))})");
        table.AddRow("Requests to Kommo", Figures.Text(calling.Requests), Figures.Text(batching.Requests));
        table.AddRow("Busiest 1-second window (limit 7)", Figures.Text(calling.BusiestWindow), Figures.Text(batching.BusiestWindow));
        table.AddRow("Refused (429)", Figures.Text(calling.Refused), Figures.Text(batching.Refused));
        table.AddRow("Storage requests an event", "", Figures.Text((double)storage / options.Events));
        table.AddRow("Function executions an event", "", Figures.Text((double)executions / options.Events, 2));
        table.AddRow("Answers of storage from 400 on", "", string.Join(", ", failures.Select(pair => $"{pair.Key}: {Figures.Text(pair.Value)}")));
        output.WriteTable(table);
        var right = now / before >= Wanted && calling.Refused + batching.Refused == 0 && account.Leads.All(lead => effects.Missing(lead.Id) + effects.Doubled(lead.Id) == 0);
        output.WriteLine($"{(right ? "Right" : "Wrong")}: {Figures.Text(now / before)} times the rate of one call an event (wanted: {Figures.Text(Wanted, 0)}).");
        return right ? 0 : 1;
    }
}
