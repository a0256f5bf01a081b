using KommoFunctions.Bench;
using KommoFunctions.Emulators.Storage;
using Spectre.Console;

namespace KommoFunctions.Work;

/// <summary>Requests and executions by step, and what comes of them for an event.</summary>
internal sealed class CostSheet(int events)
{
    private readonly List<(string Name, int Executions, Dictionary<StorageRequestKind, long> Requests)> _steps = [];

    /// <summary>Counts what a step asks of storage.</summary>
    /// <param name="step">Its name.</param>
    /// <param name="statistics">What storage's proxy counts.</param>
    /// <param name="run">Runs it; returns how many executions that took.</param>
    public async Task CountAsync(string step, StorageStatistics statistics, Func<Task<int>> run)
    {
        var before = statistics.Snapshot();
        var executions = await run();
        var requests = statistics.Snapshot()
            .Select(pair => (pair.Key, Count: pair.Value - before.GetValueOrDefault(pair.Key)))
            .Where(pair => pair.Count > 0)
            .ToDictionary(pair => pair.Key, pair => pair.Count);
        _steps.Add((step, executions, requests));
    }

    public void Print(TextWriter output)
    {
        var steps = Figures.Table("An event, by step", "Executions", "Queue", "Table", "Blob", "Storage requests");
        foreach (var (name, executions, requests) in _steps)
        {
            AddStep(name, executions, requests);
        }

        var all = _steps.SelectMany(step => step.Requests).GroupBy(pair => pair.Key, pair => pair.Value).ToDictionary(kind => kind.Key, kind => kind.Sum());
        AddStep("All", _steps.Sum(step => step.Executions), all);
        output.WriteTable(steps);

        var kinds = Figures.Table("Step", "Request", "An event");
        foreach (var (name, _, requests) in _steps)
        {
            foreach (var (kind, count) in requests.OrderByDescending(pair => pair.Value))
            {
                kinds.AddRow(name, $"{kind.Service}: {kind.Method} {kind.Resource}", PerEvent(count));
            }
        }

        output.WriteTable(kinds);

        void AddStep(string name, int executions, Dictionary<StorageRequestKind, long> requests)
        {
            steps.AddRow(name, PerEvent(executions), Of(StorageService.Queue), Of(StorageService.Table), Of(StorageService.Blob), PerEvent(requests.Values.Sum()));

            string Of(StorageService service) => PerEvent(requests.Where(pair => pair.Key.Service == service).Sum(pair => pair.Value));
        }

        string PerEvent(long count) => Figures.Text((double)count / events, 2);
    }
}
