using Azure;
using Azure.Identity;
using Kommo;
using KommoFunctions.Accounts;
using KommoFunctions.Failures;
using KommoFunctions.Holds;
using KommoFunctions.Messaging;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Uninstalling;

/// <summary>
/// Marks an account as removed: its timers, its handlers and its commands stop, and what comes in for it becomes a dead letter, from
/// where it can be replayed when the account is connected again. Its tokens are deleted later.
/// </summary>
internal sealed partial class AccountRemoval(
    AccountStore accounts,
    AccountSessions sessions,
    HookSubscriptions subscriptions,
    HoldBell bell,
    TimeProvider time,
    ILogger<AccountRemoval> logger)
{
    /// <summary>Marks the account. One that is marked keeps the time of the first mark.</summary>
    public async Task MarkAsync(long accountId, CancellationToken cancellationToken)
    {
        if (await accounts.GetAsync(accountId, cancellationToken) is not null and not { State: AccountState.Uninstalled })
        {
            await accounts.SetUninstalledAsync(accountId, time.GetUtcNow(), cancellationToken);
            Log.Removed(logger, accountId);
        }

        sessions.Forget(accountId);
        await bell.RingNowAsync(accountId, cancellationToken);
    }

    /// <summary>An operator's removal: Kommo does not know of it, so it is asked first to send no more hooks.</summary>
    public async Task RemoveAsync(long accountId, CancellationToken cancellationToken)
    {
        try
        {
            await subscriptions.UnsubscribeAsync(accountId, cancellationToken);
        }
        catch (Exception e) when (
            e is KommoException or NotNowException or PermanentFailureException
                or RequestFailedException or AggregateException or AuthenticationFailedException)
        {
            Log.NotUnsubscribed(logger, accountId, e);
        }

        await MarkAsync(accountId, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Account {AccountId} is removed: it is not worked for any more")]
        public static partial void Removed(ILogger logger, long accountId);

        [LoggerMessage(2, LogLevel.Warning, "Kommo could not be asked to send no more hooks of account {AccountId}; those that come become dead letters")]
        public static partial void NotUnsubscribed(ILogger logger, long accountId, Exception exception);
    }
}
