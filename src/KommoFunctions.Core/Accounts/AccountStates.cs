using KommoFunctions.Configuration;
using KommoFunctions.Holds;
using KommoFunctions.Storage;
using KommoFunctions.Tokens;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Accounts;

/// <summary>Changes the states that an operator sees, and tells the log of each change, once over all instances.</summary>
internal sealed partial class AccountStates(
    AccountStore accounts, HoldBell bell, IOptions<PublicOptions> options, IStorageClock clock, ILogger<AccountStates> logger)
{
    /// <summary>Its tokens are refreshed: what kept it from being active is over. An account that removed the integration stays so.</summary>
    public async Task RefreshedAsync(long accountId, CancellationToken cancellationToken)
    {
        if (await ChangeAsync(accountId, AccountState.Active, null, account => account.State != AccountState.Uninstalled, cancellationToken) is { } before)
        {
            Log.Active(logger, accountId, before.State);
            await bell.RingNowAsync(accountId, cancellationToken);
        }
    }

    /// <summary>Its tokens could not be refreshed at the last attempts. Of one that is late already the reason is kept up to date.</summary>
    public async Task IsLateAsync(long accountId, string reason, CancellationToken cancellationToken)
    {
        var found = await accounts.ChangeAsync(
            accountId,
            account => account.State switch
            {
                AccountState.Active => account with { State = AccountState.RefreshingLate, StateSince = clock.Now.Likely, StateReason = reason },
                AccountState.RefreshingLate when account.StateReason != reason => account with { StateReason = reason },
                _ => null,
            },
            cancellationToken);
        if (found is { State: AccountState.Active } before)
        {
            Log.RefreshingLate(logger, accountId, before.TokenExpiresAt, reason);
        }
    }

    /// <summary>It has no token that works, unless it was connected again meanwhile.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="refused">The newest pair that is known not to work.</param>
    /// <param name="reason">What is wrong, for an operator.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task NeedsAuthorizationAsync(long accountId, TokenOrder refused, string reason, CancellationToken cancellationToken)
    {
        if (await ChangeAsync(
            accountId,
            AccountState.NeedsAuthorization,
            reason,
            account => account.State.IsConnected() && account.TokenOrder <= refused,
            cancellationToken) is not null)
        {
            Log.NeedsAuthorization(logger, accountId, reason, new Uri(options.Value.BaseAddress, $"{HttpRoutes.Prefix}/oauth/start"));
        }
    }

    private Task<KommoAccount?> ChangeAsync(
        long accountId, AccountState state, string? reason, Func<KommoAccount, bool> mayChange, CancellationToken cancellationToken) => accounts.ChangeAsync(
        accountId,
        account => account.State == state || !mayChange(account) ? null : account with { State = state, StateSince = clock.Now.Likely, StateReason = reason },
        cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Account {AccountId} is active again; it was {Before}")]
        public static partial void Active(ILogger logger, long accountId, AccountState before);

        [LoggerMessage(2, LogLevel.Error, "Account {AccountId} is refreshing late: its tokens are valid until {ExpiresAt} and could not be refreshed. {Reason}")]
        public static partial void RefreshingLate(ILogger logger, long accountId, DateTimeOffset expiresAt, string reason);

        [LoggerMessage(3, LogLevel.Critical, "Account {AccountId} needs authorization: {Reason} An administrator of the account has to allow the integration again at {Link}; its work waits until then")]
        public static partial void NeedsAuthorization(ILogger logger, long accountId, string reason, Uri link);
    }
}
