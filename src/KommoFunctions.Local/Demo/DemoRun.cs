using Kommo.Simulator;
using KommoFunctions.Local.Surroundings;
using Spectre.Console;

namespace KommoFunctions.Local.Demo;

/// <summary>One run: starts the app, creates the leads, kills the app if asked to, waits until nothing is left to do, and counts.</summary>
internal sealed class DemoRun(DemoOptions options, LocalSurroundings surroundings)
{
    private const int Chunk = 10;

    /// <summary>The time without any progress after which the rest counts as lost: longer than all leases and holds together.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _time = TimeProvider.System;
    private readonly KommoSimulator _simulator = surroundings.Simulator;
    private readonly Backlog _backlog = new(surroundings.Azurite.ConnectionString);

    private HashSet<long> _leads = [];

    public async Task<DemoResult> RunAsync(CancellationToken cancellationToken)
    {
        var before = (Storage: surroundings.Storage!.Total, Vault: surroundings.Vault.Statistics.Total);
        _simulator.ResetStatistics();
        var app = await StartAppAsync(cancellationToken);
        var start = _time.GetTimestamp();
        try
        {
            await AnsiConsole.Progress()
                .AutoClear(false)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
                .StartAsync(async display =>
                {
                    var bars = new Bars(display, options.Leads);
                    var creating = CreateLeadsAsync(cancellationToken);
                    var restarted = !options.Restart;
                    var last = (Done: -1L, At: _time.GetTimestamp());
                    while (true)
                    {
                        await Task.Delay(Tick, _time, cancellationToken);
                        var now = _simulator.GetStatistics();
                        bars.Show(now);
                        if (!restarted && now.Tasks + now.Notes >= options.Leads)
                        {
                            restarted = true;
                            await app.KillAsync();
                            await app.DisposeAsync();
                            app = await StartAppAsync(cancellationToken);
                        }

                        var done = now.Hooks.Acknowledged + now.Hooks.GivenUp + now.Tasks + now.Notes;
                        if (creating.IsCompleted && now.Hooks.Pending == 0 && now.Tasks >= options.Leads && now.Notes >= options.Leads
                            && await _backlog.IsEmptyAsync(cancellationToken))
                        {
                            await creating;
                            return;
                        }

                        if (done != last.Done)
                        {
                            last = (done, _time.GetTimestamp());
                        }
                        else if (_time.GetElapsedTime(last.At) > Patience)
                        {
                            return;
                        }
                    }
                });
        }
        finally
        {
            await app.DisposeAsync();
        }

        var elapsed = _time.GetElapsedTime(start);
        return await CountAsync(
            elapsed,
            surroundings.Storage.Total - before.Storage,
            surroundings.Vault.Statistics.Total - before.Vault,
            cancellationToken);
    }

    private Task<AppProcess> StartAppAsync(CancellationToken cancellationToken) =>
        AppProcess.StartAsync(surroundings.AppAddress, surroundings.Settings, options.Verbose, cancellationToken);

    /// <summary>All at once is what a mass import does; before a kill they come spread out, so that it meets every step at work.</summary>
    private async Task CreateLeadsAsync(CancellationToken cancellationToken)
    {
        var leads = new HashSet<long>();
        for (var made = 0; made < options.Leads; made += Chunk)
        {
            leads.UnionWith(_simulator.CreateLeads(Math.Min(Chunk, options.Leads - made)));
            if (options.Restart)
            {
                await Task.Delay(Tick * 2, _time, cancellationToken);
            }
        }

        _leads = leads;
    }

    private async Task<DemoResult> CountAsync(TimeSpan elapsed, long storage, long vault, CancellationToken cancellationToken)
    {
        var tasks = _simulator.Tasks.CountBy(task => task.EntityId ?? 0).ToDictionary();
        var notes = _simulator.Notes.CountBy(note => note.EntityId).ToDictionary();
        return new DemoResult
        {
            Leads = _leads.Count,
            Elapsed = elapsed,
            Statistics = _simulator.GetStatistics(),
            Events = await _backlog.CountEventsAsync(cancellationToken),
            DeadLetters = await _backlog.CountDeadLettersAsync(cancellationToken),
            Missing = _leads.Count(lead => tasks.GetValueOrDefault(lead) < 1 || notes.GetValueOrDefault(lead) < 1),
            Doubled = _leads.Count(lead => tasks.GetValueOrDefault(lead) > 1 || notes.GetValueOrDefault(lead) > 1),
            StorageRoundTrips = storage,
            VaultRoundTrips = vault,
        };
    }

    private sealed class Bars(ProgressContext display, int leads)
    {
        private readonly ProgressTask _hooks = display.AddTask("Hooks acknowledged", maxValue: leads);
        private readonly ProgressTask _tasks = display.AddTask("Tasks in Kommo", maxValue: leads);
        private readonly ProgressTask _notes = display.AddTask("Notes in Kommo", maxValue: leads);

        public void Show(SimulatorStatistics now)
        {
            _hooks.Value = now.Hooks.Acknowledged;
            _tasks.Value = now.Tasks;
            _notes.Value = now.Notes;
        }
    }
}
