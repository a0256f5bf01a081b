using System.Collections.Concurrent;
using KommoFunctions.Bench;
using KommoFunctions.Holds;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Chaos.Trouble;

/// <summary>Lets storage, the vault and Kommo fail as planned, so that all of it is met at every step of the work.</summary>
internal sealed class Troublemaker(BenchSurroundings surroundings, ChaosPlan plan, Action<string> log)
{
    private static readonly TimeSpan AdminLooksEvery = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider _time = TimeProvider.System;
    private readonly ConcurrentDictionary<string, int> _caused = new();
    private readonly Lock _subscriptions = new();

    /// <summary>How often each kind of trouble was caused.</summary>
    public IReadOnlyDictionary<string, int> Caused => _caused;

    /// <summary>Goes on until cancelled, then lifts everything.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var ways = surroundings.Ways!;
        var holds = surroundings.Services.GetRequiredService<HoldStore>();
        await Task.WhenAll(
            RunAsync("Kommo", plan.Kommo, trouble => KommoTrouble.CauseAsync(surroundings.Accounts[trouble.Place], ways.Accounts[trouble.Place], trouble, stop), stop),
            RunAsync("storage", plan.Storage, trouble => StorageTrouble.CauseAsync(surroundings.Storage.Faults, ways.Storage, trouble, stop), stop),
            RunAsync("vault", plan.Vault, trouble => VaultTrouble.CauseAsync(surroundings.Vault, ways.Vault, trouble, stop), stop),
            RunAsync(
                "Kommo",
                plan.Suspensions,
                trouble => Suspensions.CauseAsync(
                    surroundings.Accounts[trouble.Place],
                    surroundings.Storage.Faults,
                    trouble,
                    async () => Count("messages parked when a suspension ended", await holds.CountParkedAsync(
                        surroundings.Accounts[trouble.Place].Options.AccountId, 1000, CancellationToken.None)),
                    stop),
                stop),
            ReplaceKeysAsync(stop),
            AdministerAsync(stop));
        foreach (var (account, way) in surroundings.Accounts.Zip(ways.Accounts))
        {
            account.ClearFaults();
            account.Unblock();
            way.Clear();
        }

        surroundings.Storage.Faults.Clear();
        surroundings.Vault.ClearFaults();
        ways.Storage.Clear();
        ways.Vault.Clear();
    }

    private async Task RunAsync(string whose, IEnumerable<PlannedTrouble> planned, Func<PlannedTrouble, Task> cause, CancellationToken stop)
    {
        var start = _time.GetTimestamp();
        var passing = new List<Task>();
        foreach (var trouble in planned)
        {
            await NetworkTrouble.WaitAsync(trouble.At - _time.GetElapsedTime(start), stop);
            if (stop.IsCancellationRequested)
            {
                break;
            }

            Count($"{whose}: {trouble.Kind}");
            passing.RemoveAll(task => task.IsCompletedSuccessfully);
            passing.Add(cause(trouble));
        }

        await Task.WhenAll(passing);
    }

    private async Task ReplaceKeysAsync(CancellationToken stop)
    {
        var start = _time.GetTimestamp();
        var replacement = new KeyReplacement(surroundings, _subscriptions, log);
        foreach (var trouble in plan.KeyReplacements)
        {
            await NetworkTrouble.WaitAsync(trouble.At - _time.GetElapsedTime(start), stop);
            if (!await replacement.CauseAsync(trouble, stop))
            {
                return;
            }

            Count($"hooks: {trouble.Kind}");
        }
    }

    /// <summary>
    /// Kommo switches a subscription off after a hundred bad answers in two hours, which a run has in a minute (Kommo: Webhooks, delivery). The app
    /// enables it at its next reconciliation, up to 15 minutes later; here an admin does it at once.
    /// </summary>
    private async Task AdministerAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await NetworkTrouble.WaitAsync(AdminLooksEvery, stop);
            lock (_subscriptions)
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
    }

    private void Count(string what, int times = 1) => _caused.AddOrUpdate(what, times, (_, count) => count + times);
}
