using KommoFunctions.Accounts;
using KommoFunctions.Connecting;
using KommoFunctions.Storage;
using KommoFunctions.Tokens;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Uninstalling;

/// <summary>Deletes the tokens of accounts that removed the integration some time ago.</summary>
internal sealed partial class RemovedSecrets(AccountStore accounts, AccountSecrets secrets, RowLeases locks, IStorageClock clock, ILogger<RemovedSecrets> logger)
{
    private static readonly TimeSpan LockTime = TimeSpan.FromMinutes(4);

    /// <summary>Deletes those of accounts that were removed before <paramref name="before"/>. One account's trouble holds up no other.</summary>
    public async Task<int> DeleteAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var account in accounts.ListAsync(cancellationToken))
        {
            if (!IsDue(account, before))
            {
                continue;
            }

            try
            {
                count += await DeleteAsync(account.Id, before, cancellationToken) ? 1 : 0;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                Log.NotDeleted(logger, account.Id, e);
            }
        }

        return count;
    }

    /// <summary>Under the lock that connecting takes, too, and looked at again there: the account may just be coming back.</summary>
    private async Task<bool> DeleteAsync(long accountId, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var held = await locks.TryAcquireAsync<RotationState>(RotationState.LockScope, TokenReader.LockName(accountId), LockTime, cancellationToken);
        if (held is null || await accounts.GetAsync(accountId, cancellationToken) is not { } account || !IsDue(account, before))
        {
            return false;
        }

        await secrets.DeleteAsync(accountId, cancellationToken);
        var deleted = await accounts.ChangeAsync(
            accountId, now => IsDue(now, before) ? now with { SecretDeletedAt = clock.Now.Likely } : null, cancellationToken);
        if (deleted is null && await accounts.GetAsync(accountId, cancellationToken) is { State: not AccountState.Uninstalled })
        {
            // Connected again meanwhile, by who did not wait for the lock: its new tokens are in the secret that was deleted.
            await secrets.RecoverAsync(accountId);
            return false;
        }

        Log.Deleted(logger, accountId);
        return true;
    }

    private static bool IsDue(KommoAccount account, DateTimeOffset before) =>
        account is { State: AccountState.Uninstalled, SecretDeletedAt: null } && (account.UninstalledAt ?? DateTimeOffset.MinValue) <= before;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The tokens of account {AccountId}, which removed the integration, are deleted")]
        public static partial void Deleted(ILogger logger, long accountId);

        [LoggerMessage(2, LogLevel.Warning, "The tokens of account {AccountId}, which removed the integration, could not be deleted yet")]
        public static partial void NotDeleted(ILogger logger, long accountId, Exception exception);
    }
}
