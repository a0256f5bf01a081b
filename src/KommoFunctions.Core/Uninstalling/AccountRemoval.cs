using Kommo;
using KommoFunctions.Accounts;
using KommoFunctions.Failures;
using KommoFunctions.Holds;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;
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
    IStorageClock clock,
    ILogger<AccountRemoval> logger)
{
    /// <summary>Marks the account, unless it was connected again since it was seen. One that is marked keeps the time of the first mark.</summary>
    /// <param name="seen">The account as it was when its removal was found out or asked for.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task MarkAsync(KommoAccount seen, CancellationToken cancellationToken)
    {
        var now = clock.Now.Likely;
        var marked = await accounts.ChangeAsync(
            seen.Id,
            account => account.State == AccountState.Uninstalled || account.Connections != seen.Connections ? null : account with
            {
                State = AccountState.Uninstalled,
                StateSince = now,
                StateReason = "The integration was removed in Kommo.",
                UninstalledAt = now,
            },
            cancellationToken);
        if (marked is not null)
        {
            Log.Removed(logger, seen.Id);
        }

        sessions.Forget(seen.Id);
        await bell.RingNowAsync(seen.Id, cancellationToken);
    }

    /// <summary>An operator's removal: Kommo does not know of it, so it is asked first to send no more hooks.</summary>
    public async Task RemoveAsync(KommoAccount seen, CancellationToken cancellationToken)
    {
        try
        {
            await subscriptions.UnsubscribeAsync(seen.Id, cancellationToken);
        }
        catch (Exception e) when (
            e is KommoException or NotNowException or PermanentFailureException || FailureClassifier.IsStorageAway(e))
        {
            Log.NotUnsubscribed(logger, seen.Id, e);
        }

        await MarkAsync(seen, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Account {AccountId} is removed: it is not worked for any more")]
        public static partial void Removed(ILogger logger, long accountId);

        [LoggerMessage(2, LogLevel.Warning, "Kommo could not be asked to send no more hooks of account {AccountId}; those that come become dead letters")]
        public static partial void NotUnsubscribed(ILogger logger, long accountId, Exception exception);
    }
}
