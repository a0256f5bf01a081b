using System.Collections.Concurrent;
using Kommo.Simulator;
using KommoFunctions.Emulators.Storage;

namespace KommoFunctions.Chaos;

/// <summary>
/// Lets storage, the vault and Kommo fail, now this, now that, as a seed decides. At most one thing at a time each, with pauses between, so that
/// all of it is met at every step of the work.
/// </summary>
internal sealed class Troublemaker(ChaosSurroundings surroundings, int seed)
{
    private static readonly FaultKind[] OfKommo =
    [
        FaultKind.ServerError, FaultKind.GatewayTimeout, FaultKind.TooManyRequests, FaultKind.HtmlForbidden, FaultKind.ConnectionReset,
        FaultKind.AnswerLost, FaultKind.AnswerLost, FaultKind.Stall, FaultKind.Delay,
    ];

    private static readonly string[] Routes = ["POST /api/v4/tasks", "POST /api/v4/leads/notes", "GET /api/v4/*", "*"];

    private readonly ConcurrentDictionary<string, int> _caused = new();

    public IReadOnlyDictionary<string, int> Caused => _caused;

    /// <summary>Goes on until cancelled, then lifts everything.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await Task.WhenAll(
            KommoAsync(new Random(seed + 1), stop), StorageAsync(new Random(seed + 2), stop), VaultAsync(new Random(seed + 3), stop), AdminAsync(stop));
        foreach (var account in surroundings.Accounts)
        {
            account.ClearFaults();
            account.Unblock();
        }

        surroundings.Storage.Faults.Clear();
        surroundings.Vault.Available = true;
    }

    private async Task KommoAsync(Random random, CancellationToken stop)
    {
        while (await PauseAsync(random, 0.2, 1.2, stop))
        {
            var account = surroundings.Accounts[random.Next(surroundings.Accounts.Count)];
            var kind = OfKommo[random.Next(OfKommo.Length)];
            account.AddFault(new SimulatorFault(kind, Routes[random.Next(Routes.Length)], DelayMilliseconds: random.Next(200, 3000)));
            Count($"Kommo: {kind}");
        }
    }

    private async Task StorageAsync(Random random, CancellationToken stop)
    {
        var faults = surroundings.Storage.Faults;
        while (await PauseAsync(random, 1, 4, stop))
        {
            switch (random.Next(4))
            {
                case 0:
                    Count("storage: away");
                    faults.RefuseConnections = true;
                    await PauseAsync(random, 0.3, 2, stop);
                    faults.RefuseConnections = false;
                    break;
                case 1:
                    Count("storage: slow");
                    faults.RequestLatency = new StorageLatency(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(200));
                    faults.ResponseLatency = faults.RequestLatency;
                    await PauseAsync(random, 0.5, 3, stop);
                    faults.RequestLatency = StorageLatency.None;
                    faults.ResponseLatency = StorageLatency.None;
                    break;
                default:
                    var kind = random.Next(3) switch { 0 => StorageFaultKind.ServerBusy, 1 => StorageFaultKind.Reset, _ => StorageFaultKind.DropResponse };
                    Count($"storage: {kind}");
                    using (faults.Add(new StorageFault { Kind = kind, Probability = 0.2 }))
                    {
                        await PauseAsync(random, 0.5, 3, stop);
                    }

                    break;
            }
        }
    }

    private async Task VaultAsync(Random random, CancellationToken stop)
    {
        while (await PauseAsync(random, 3, 9, stop))
        {
            Count("vault: away");
            surroundings.Vault.Available = false;
            await PauseAsync(random, 0.5, 3, stop);
            surroundings.Vault.Available = true;
        }
    }

    /// <summary>
    /// Kommo switches a subscription off after a hundred bad answers in two hours, which a run has in a minute (Kommo: Webhooks, delivery). The app
    /// enables it at its next reconciliation, up to 15 minutes later; here an admin does it at once.
    /// </summary>
    private async Task AdminAsync(CancellationToken stop)
    {
        while (await PauseAsync(Random.Shared, 0.5, 0.5, stop))
        {
            foreach (var account in surroundings.Accounts)
            {
                foreach (var hook in account.Webhooks.Where(hook => hook.Disabled))
                {
                    account.Subscribe(new Uri(hook.Destination), hook.Settings);
                    Count("Kommo: subscription switched off");
                }
            }
        }
    }

    private void Count(string what) => _caused.AddOrUpdate(what, 1, (_, count) => count + 1);

    private static async Task<bool> PauseAsync(Random random, double least, double most, CancellationToken stop)
    {
        await Task.Delay(TimeSpan.FromSeconds(least + ((most - least) * random.NextDouble())), TimeProvider.System, stop)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !stop.IsCancellationRequested;
    }
}
