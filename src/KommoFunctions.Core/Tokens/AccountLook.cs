using KommoFunctions.Accounts;

namespace KommoFunctions.Tokens;

/// <summary>
/// Looks at all accounts' rows once an hour (a request for each thousand): for the metrics, and so that an account whose refresh to come has no
/// entry gets one again, whatever took it away. What is due between two looks is found by the entries alone.
/// </summary>
internal sealed class AccountLook(AccountStore accounts, TokenHealth health, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (health.LookedAt is { } last && time.GetUtcNow() - last < Every)
        {
            return;
        }

        var entries = new HashSet<DueRefresh>();
        await foreach (var due in accounts.ListDueAsync(AccountStore.Never, cancellationToken))
        {
            entries.Add(due);
        }

        var all = new List<KommoAccount>();
        await foreach (var account in accounts.ListAsync(cancellationToken))
        {
            all.Add(account);
            if (!entries.Contains(new DueRefresh(account.Id, account.RefreshDueAt)))
            {
                await accounts.EnsureDueAsync(account, cancellationToken);
            }
        }

        health.Looked(all);
    }
}
