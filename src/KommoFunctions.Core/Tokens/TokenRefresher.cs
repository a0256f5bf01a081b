using Kommo;
using Kommo.OAuth;
using KommoFunctions.Accounts;
using KommoFunctions.Locks;
using KommoFunctions.Messaging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Tokens;

/// <summary>
/// Refreshes tokens: one process at a time per account, since a refresh token works once, and stored before used, since a pair that is lost
/// disconnects the customer (Kommo: OAuth 2.0).
/// </summary>
public sealed partial class TokenRefresher
{
    /// <summary>Longer than a refresh may take: the request twice, and storing the pair.</summary>
    private static readonly TimeSpan LockTime = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan StorePatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan WaitForOthers = TimeSpan.FromSeconds(25);

    private readonly TokenVault _vault;
    private readonly LockStore _locks;
    private readonly AccountStore _accounts;
    private readonly OAuthClients _clients;
    private readonly TokenOptions _options;
    private readonly CoreMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal TokenRefresher(
        TokenVault vault,
        LockStore locks,
        AccountStore accounts,
        OAuthClients clients,
        IOptions<TokenOptions> options,
        CoreMetrics metrics,
        TimeProvider time,
        ILogger<TokenRefresher> logger)
    {
        _vault = vault;
        _locks = locks;
        _accounts = accounts;
        _clients = clients;
        _options = options.Value;
        _metrics = metrics;
        _time = time;
        _logger = logger;
    }

    /// <summary>Refreshes the tokens of all accounts that are due. One account's trouble holds up no other.</summary>
    public Task RefreshDueAsync(CancellationToken cancellationToken = default) => Parallel.ForEachAsync(
        _accounts.ListDueForRefreshAsync(_time.GetUtcNow(), cancellationToken),
        new ParallelOptions { MaxDegreeOfParallelism = _options.Parallelism, CancellationToken = cancellationToken },
        async (account, token) =>
        {
            try
            {
                await RefreshAsync(account.Id, account.Address, tokens => DueAt(account.Id, tokens) <= _time.GetUtcNow(), token);
            }
            catch (Exception e) when (!token.IsCancellationRequested)
            {
                Log.NotRefreshed(_logger, account.Id, account.TokenExpiresAt, e);
                _metrics.Refreshed(e is KommoGrantRejectedException ? "rejected" : "failed");
            }
        });

    /// <summary>The tokens' due time, kept apart over the accounts so that they do not all come at once.</summary>
    internal DateTimeOffset DueAt(long accountId, AccountTokens tokens)
    {
        if (tokens.RefreshToken is null)
        {
            return DateTimeOffset.MaxValue;
        }

        var share = _options.RefreshAtPercent / 100.0;
        var spread = 0.1 * share * (accountId % 97 / 97.0);
        return tokens.IssuedAt + ((tokens.ExpiresAt - tokens.IssuedAt) * (share - spread));
    }

    /// <summary>
    /// Refreshes the tokens of one account, unless <paramref name="isStale"/> says, of the tokens found in the vault once this process is the
    /// only one to refresh, that another process did it meanwhile.
    /// </summary>
    /// <returns>The tokens to go on with.</returns>
    /// <exception cref="KommoGrantRejectedException">Kommo refuses the grant: the account has to be connected again.</exception>
    internal async Task<AccountTokens> RefreshAsync(
        long accountId, Uri address, Func<AccountTokens, bool> isStale, CancellationToken cancellationToken)
    {
        await using var held = await _locks.AcquireAsync("token", $"{accountId}", LockTime, WaitForOthers, cancellationToken);
        var tokens = await _vault.ReadAsync(accountId, cancellationToken)
            ?? throw new InvalidOperationException($"The vault has no tokens for account {accountId}. Connect it again.");
        if (!isStale(tokens))
        {
            await _accounts.SetTokenAsync(accountId, tokens.ExpiresAt, DueAt(accountId, tokens), cancellationToken);
            return tokens;
        }

        if (tokens.RefreshToken is null)
        {
            await _accounts.SetStateAsync(accountId, AccountState.NeedsAuthorization, cancellationToken);
            throw new PermanentFailureException(
                DeadLetters.DeadLetterReasons.UnknownAccount, $"The long-lived token of account {accountId} no longer works. Enter a new one.");
        }

        var grant = await SpendAsync(accountId, address, tokens.RefreshToken, cancellationToken);
        var now = _time.GetUtcNow();
        var renewed = new AccountTokens
        {
            AccessToken = grant.AccessToken,
            RefreshToken = grant.RefreshToken,
            IssuedAt = now,
            ExpiresAt = now + grant.ExpiresIn,
            Generation = tokens.Generation + 1,
        };
        await _vault.StoreAsync(accountId, renewed, StorePatience);
        await _accounts.SetTokenAsync(accountId, renewed.ExpiresAt, DueAt(accountId, renewed), CancellationToken.None);
        Log.Refreshed(_logger, accountId, renewed.Generation, renewed.ExpiresAt);
        _metrics.Refreshed("refreshed");
        return renewed;
    }

    private async Task<TokenGrant> SpendAsync(long accountId, Uri address, string refreshToken, CancellationToken cancellationToken)
    {
        var client = await _clients.CreateAsync(address, cancellationToken, accountId);
        try
        {
            try
            {
                return await client.RefreshAsync(refreshToken, CancellationToken.None);
            }
            catch (KommoException e) when (e.Fate == RequestFate.Unknown)
            {
                // The pair may have been issued and lost on its way. Kommo keeps the old refresh token until the new one is used.
                Log.AnswerLost(_logger, accountId, e);
                return await client.RefreshAsync(refreshToken, CancellationToken.None);
            }
        }
        catch (KommoGrantRejectedException e)
        {
            Log.NeedsAuthorization(_logger, accountId, e);
            await _accounts.SetStateAsync(accountId, AccountState.NeedsAuthorization, CancellationToken.None);
            throw;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The tokens of account {AccountId} are refreshed: generation {Generation}, valid until {ExpiresAt}")]
        public static partial void Refreshed(ILogger logger, long accountId, long generation, DateTimeOffset expiresAt);

        [LoggerMessage(2, LogLevel.Warning, "The tokens of account {AccountId} could not be refreshed; they are valid until {ExpiresAt}")]
        public static partial void NotRefreshed(ILogger logger, long accountId, DateTimeOffset expiresAt, Exception exception);

        [LoggerMessage(3, LogLevel.Warning, "The answer to a token request of account {AccountId} was lost; asking again with the same refresh token")]
        public static partial void AnswerLost(ILogger logger, long accountId, Exception exception);

        [LoggerMessage(4, LogLevel.Critical, "Kommo refuses the refresh token of account {AccountId}: an administrator has to connect it again")]
        public static partial void NeedsAuthorization(ILogger logger, long accountId, Exception exception);
    }
}
