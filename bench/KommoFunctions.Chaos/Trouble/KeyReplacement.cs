using System.Security.Cryptography;
using Azure.Security.KeyVault.Secrets;
using Kommo;
using KommoFunctions.Accounts;
using KommoFunctions.Bench;
using KommoFunctions.Failures;
using KommoFunctions.Intake;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Chaos.Trouble;

/// <summary>
/// Replaces the key of the hook addresses as an operator does (docs/deploy.md, "Replacing a secret"), and moves the subscriptions some seconds later, as the
/// reconciliation does. Hooks come in all the while, first at the old addresses, then at both, then at the new ones; none may be refused.
/// </summary>
/// <param name="surroundings">The vault, Kommo and the app's services.</param>
/// <param name="subscriptions">Taken by whoever changes a subscription by what was read before.</param>
/// <param name="log">Is told what failed and is tried again.</param>
internal sealed class KeyReplacement(BenchSurroundings surroundings, Lock subscriptions, Action<string> log)
{
    /// <summary>How long a hook can be under way to an address that Kommo has no more.</summary>
    private static readonly TimeSpan HooksUnderWay = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(1);

    private readonly SecretClient _vault = surroundings.Services.GetRequiredService<SecretClient>();
    private readonly HookSubscriptions _hooks = surroundings.Services.GetRequiredService<HookSubscriptions>();

    public static IEnumerable<PlannedTrouble> Plan(int seed) => new TroubleSchedule([TroubleKind.KeyReplaced], 1, (10, 25), (2, 8)).Plan(seed);

    /// <summary>Replaces the key once; what is done by then stays done at the stop.</summary>
    /// <returns>Whether it is replaced, so that the next replacement may begin.</returns>
    public async Task<bool> CauseAsync(PlannedTrouble trouble, CancellationToken stop)
    {
        var (present, next) = (string.Empty, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        var isEntered =
            await UntilDoneAsync(async () => present = (await _vault.GetSecretAsync(HookKeyRing.CurrentSecret, cancellationToken: stop)).Value.Value, stop)
            && await UntilDoneAsync(() => _vault.SetSecretAsync(HookKeyRing.PreviousSecret, present, stop), stop)
            && await UntilDoneAsync(() => _vault.SetSecretAsync(HookKeyRing.CurrentSecret, next, stop), stop);
        if (!isEntered)
        {
            return false;
        }

        await trouble.PassAsync(stop);
        while (!stop.IsCancellationRequested)
        {
            var moves = surroundings.Accounts.Select(account =>
                UntilDoneAsync(() => _hooks.EnsureSubscribedAsync(account.Options.AccountId, stop), stop));
            if ((await Task.WhenAll(moves)).All(isDone => isDone) && await HaveAllMovedAsync(stop))
            {
                await NetworkTrouble.WaitAsync(HooksUnderWay, stop);
                return !stop.IsCancellationRequested;
            }
        }

        return false;
    }

    /// <summary>Whether Kommo has no address of the key before any more.</summary>
    private async Task<bool> HaveAllMovedAsync(CancellationToken stop)
    {
        var addresses = new HashSet<string>();
        foreach (var account in surroundings.Accounts)
        {
            await UntilDoneAsync(async () => addresses.Add((await _hooks.AddressOfAsync(account.Options.AccountId, stop)).AbsoluteUri), stop);
        }

        lock (subscriptions)
        {
            return surroundings.Accounts.SelectMany(account => account.Webhooks).All(hook => addresses.Contains(hook.Destination));
        }
    }

    /// <summary>Storage, the vault and Kommo fail meanwhile: it is tried until it succeeds.</summary>
    /// <returns>False at the stop.</returns>
    private async Task<bool> UntilDoneAsync(Func<Task> step, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await step();
                return true;
            }
            catch (Exception e) when (
                stop.IsCancellationRequested || e is KommoException || FailureClassifier.Classify(e).Kind is FailureKind.Transient or FailureKind.Waiting)
            {
                log($"operator | {e.Message}");
                await NetworkTrouble.WaitAsync(TryAgainAfter, stop);
            }
        }

        return false;
    }
}
