using Kommo;
using Kommo.OAuth;
using KommoFunctions.Intake;
using KommoFunctions.Tokens;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Accounts;

/// <summary>Connects a Kommo account: spends the authorization code, stores the tokens, and subscribes to its hooks.</summary>
public sealed partial class AccountConnector
{
    private static readonly TimeSpan StorePatience = TimeSpan.FromMinutes(1);

    private readonly OAuthClients _clients;
    private readonly TokenVault _vault;
    private readonly TokenRefresher _refresher;
    private readonly AccountStore _accounts;
    private readonly HookSubscriptions _subscriptions;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal AccountConnector(
        OAuthClients clients,
        TokenVault vault,
        TokenRefresher refresher,
        AccountStore accounts,
        HookSubscriptions subscriptions,
        TimeProvider time,
        ILogger<AccountConnector> logger)
    {
        _clients = clients;
        _vault = vault;
        _refresher = refresher;
        _accounts = accounts;
        _subscriptions = subscriptions;
        _time = time;
        _logger = logger;
    }

    /// <summary>Connects the account whose administrator just allowed it. A second connection of the same account renews it.</summary>
    /// <param name="address">The account's address, from the callback's <c>referer</c> after <see cref="KommoDomain"/> has accepted it.</param>
    /// <param name="code">The authorization code; it lives 20 minutes and works once (Kommo: OAuth 2.0).</param>
    /// <param name="cancellationToken">Ends the work; not any more once the code is spent.</param>
    /// <exception cref="KommoException">Kommo refused or could not be reached.</exception>
    public async Task<KommoAccount> ConnectAsync(Uri address, string code, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);

        var client = await _clients.CreateAsync(address, cancellationToken);
        var grant = await client.ExchangeCodeAsync(code, CancellationToken.None);
        if (!AccessTokenClaims.TryRead(grant.AccessToken, out var claims) || claims.AccountId is not { } id)
        {
            throw new InvalidOperationException("Kommo's access token does not say which account it is for.");
        }

        var now = _time.GetUtcNow();
        var previous = await _vault.ReadAsync(id, CancellationToken.None);
        var tokens = new AccountTokens
        {
            AccessToken = grant.AccessToken,
            RefreshToken = grant.RefreshToken,
            IssuedAt = now,
            ExpiresAt = now + grant.ExpiresIn,
            Generation = (previous?.Generation ?? 0) + 1,
        };
        await _vault.StoreAsync(id, tokens, StorePatience);
        var known = await _accounts.GetAsync(id, CancellationToken.None);
        var account = new KommoAccount
        {
            Id = id,
            Address = address,
            State = AccountState.Active,
            ConnectedAt = known?.ConnectedAt ?? now,
            TokenExpiresAt = tokens.ExpiresAt,
            RefreshDueAt = _refresher.DueAt(id, tokens),
            ReconciledUntil = known?.ReconciledUntil ?? now,
        };
        await _accounts.PutAsync(account, CancellationToken.None);
        Log.Connected(_logger, id, address.Host);
        await _subscriptions.EnsureSubscribedAsync(id, cancellationToken);
        return account;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Account {AccountId} ({Host}) is connected")]
        public static partial void Connected(ILogger logger, long accountId, string host);
    }
}
