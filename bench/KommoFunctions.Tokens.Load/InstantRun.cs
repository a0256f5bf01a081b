using Kommo.Simulator;
using KommoFunctions.Emulators.Storage;

namespace KommoFunctions.Tokens.Load;

/// <summary>Processes that are told at the same instant to call Kommo for one account whose token is over.</summary>
internal static class InstantRun
{
    /// <returns>The token requests of each round: one is right.</returns>
    public static async Task<IReadOnlyList<long>> RunAsync(int processes, int rounds, bool trouble, TextWriter progress, CancellationToken cancellationToken)
    {
        await using var surroundings = await Surroundings.StartAsync(RefreshTokenPolicy.OldDiesAtOnce, TimeProvider.System, cancellationToken);
        if (trouble)
        {
            surroundings.Storage.Faults.RequestLatency = new StorageLatency(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(30));
            surroundings.Storage.Faults.Add(new StorageFault { Kind = StorageFaultKind.DropResponse, Matches = IsTable, Probability = 0.05 });
            surroundings.Storage.Faults.Add(new StorageFault { Kind = StorageFaultKind.ServerBusy, Matches = IsTable, Probability = 0.05 });
        }

        var requests = new List<long>();
        for (var round = 1; round <= rounds; round++)
        {
            var (id, _) = await surroundings.ConnectAsync(TimeSpan.Zero, cancellationToken);
            surroundings.Kommo.ResetStatistics();
            var workers = Enumerable.Range(0, processes).Select(_ => WorkerProcess.Start(surroundings, id)).ToList();
            try
            {
                await Task.WhenAll(workers.Select(worker => worker.WaitUntilReadyAsync(cancellationToken)));
                await Task.WhenAll(workers.Select(worker => worker.GoAsync()));
                var called = await Task.WhenAll(workers.Select(worker => worker.WaitForEndAsync(cancellationToken)));
                if (called.Contains(false))
                {
                    throw new InvalidOperationException("A process did not make its call.");
                }
            }
            finally
            {
                await Task.WhenAll(workers.Select(worker => worker.DisposeAsync().AsTask()));
            }

            requests.Add(surroundings.Kommo.GetStatistics().TokenRequests);
            progress.WriteLine($"Round {round} of {rounds}{(trouble ? ", slow and failing storage" : "")}: {processes} processes went on, {requests[^1]} token request(s)");
        }

        return requests;
    }

    private static bool IsTable(StorageRequestKind kind) => kind.Service == StorageService.Table;
}
