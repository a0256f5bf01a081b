using KommoFunctions.Bench;
using KommoFunctions.DeadLetters;
using KommoFunctions.Holds;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Chaos;

/// <summary>Counts at Kommo's side what became of the hooks, and in storage what is left.</summary>
internal static class ChaosCount
{
    public static async Task<ChaosResult> TakeAsync(BenchSurroundings surroundings, Front front, CancellationToken cancellationToken)
    {
        var hooks = front.Acknowledged.ToLookup(hook => hook.Account);
        var (notProcessed, missing, doubled) = (0, 0, 0);
        foreach (var account in surroundings.Accounts)
        {
            var effects = new Effects(account);
            var acknowledged = hooks[account.Options.AccountId];
            notProcessed += acknowledged.Count(hook => !hook.Leads.All(effects.Has));
            missing += acknowledged.SelectMany(hook => hook.Leads).Distinct().Sum(effects.Missing);
            doubled += account.Leads.Sum(lead => effects.Doubled(lead.Id));
        }

        var statistics = surroundings.Accounts.Select(account => account.GetStatistics()).ToList();
        return new ChaosResult
        {
            Acknowledged = front.Acknowledged.Count,
            HookAttempts = front.Attempts,
            HooksRefused = front.Refused,
            NotProcessed = notProcessed,
            Missing = missing,
            Doubled = doubled,
            Left = await surroundings.Leftovers.FindAsync(cancellationToken),
            Suspended = await surroundings.Services.GetRequiredService<HoldStore>().ListAsync(cancellationToken).CountAsync(cancellationToken),
            DeadForGood = await surroundings.Services.GetRequiredService<DeadLetterStore>().ListAsync(cancellationToken: cancellationToken).CountAsync(cancellationToken),
            BusiestWindow = statistics.Max(counted => counted.BusiestWindow),
            Refused = statistics.Sum(counted => counted.Refused),
        };
    }
}
