using Kommo;
using Kommo.OAuth;
using KommoFunctions.Accounts;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Uninstalling;

/// <summary>
/// Finds out whether an account that is said to have removed the integration has done so: then Kommo refuses its tokens. Marks the account, and
/// with that stops its timers, its handlers and its commands. Nothing is deleted for now: connecting the account again lifts the mark.
/// </summary>
internal sealed partial class UninstallCheck(AccountStore accounts, AccountSessions sessions, AccountRemoval removal, ILogger<UninstallCheck> logger)
{
    /// <exception cref="KommoException">Kommo could not be asked.</exception>
    public async Task RunAsync(long accountId, CancellationToken cancellationToken)
    {
        var account = await accounts.GetAsync(accountId, cancellationToken);
        if (account is null or { State: AccountState.Uninstalled })
        {
            return;
        }

        // An account that needs authorization is one whose tokens Kommo has refused already.
        if (account.State.IsConnected() && await IsConnectedAsync(accountId, cancellationToken))
        {
            Log.NotConfirmed(logger, accountId);
            return;
        }

        await removal.MarkAsync(accountId, cancellationToken);
    }

    private async Task<bool> IsConnectedAsync(long accountId, CancellationToken cancellationToken)
    {
        try
        {
            await (await sessions.GetAsync(accountId, cancellationToken)).Kommo.Account.GetAsync(cancellationToken: cancellationToken);
            return true;
        }
        catch (Exception e) when (e is KommoUnauthorizedException or KommoGrantRejectedException or PermanentFailureException)
        {
            // The last is how a long-lived token is refused.
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Account {AccountId} was said to have removed the integration, but Kommo still accepts its tokens: nothing is changed")]
        public static partial void NotConfirmed(ILogger logger, long accountId);
    }
}
