using KommoFunctions.Configuration;
using KommoFunctions.Holds;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Accounts;

/// <summary>Changes the states that an operator sees, and tells the log of each change, once over all instances.</summary>
internal sealed partial class AccountStates(
    AccountStore accounts, HoldBell bell, IOptions<PublicOptions> options, TimeProvider time, ILogger<AccountStates> logger)
{
    /// <summary>Its tokens are refreshed: what kept it from being active is over. An account that removed the integration stays so.</summary>
    public async Task RefreshedAsync(long accountId, CancellationToken cancellationToken)
    {
        if (await ChangeAsync(accountId, AccountState.Active, null, state => state != AccountState.Uninstalled, cancellationToken) is { } before)
        {
            Log.Active(logger, accountId, before.State);
            await bell.RingNowAsync(accountId, cancellationToken);
        }
    }

    /// <summary>Its tokens could not be refreshed at the last attempts.</summary>
    public async Task IsLateAsync(long accountId, string reason, CancellationToken cancellationToken)
    {
        if (await ChangeAsync(accountId, AccountState.RefreshingLate, reason, state => state == AccountState.Active, cancellationToken) is { } before)
        {
            Log.RefreshingLate(logger, accountId, before.TokenExpiresAt, reason);
        }
    }

    /// <summary>It has no token that works.</summary>
    public async Task NeedsAuthorizationAsync(long accountId, string reason, CancellationToken cancellationToken)
    {
        if (await ChangeAsync(accountId, AccountState.NeedsAuthorization, reason, state => state.IsConnected(), cancellationToken) is not null)
        {
            Log.NeedsAuthorization(logger, accountId, reason, new Uri(options.Value.BaseAddress, $"{HttpRoutes.Prefix}/oauth/start"));
        }
    }

    private Task<KommoAccount?> ChangeAsync(
        long accountId, AccountState state, string? reason, Func<AccountState, bool> mayChange, CancellationToken cancellationToken) =>
        accounts.ChangeStateAsync(accountId, state, reason, time.GetUtcNow(), mayChange, cancellationToken);

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
