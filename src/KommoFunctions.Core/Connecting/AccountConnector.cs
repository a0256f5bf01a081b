using System.Globalization;
using Kommo;
using Kommo.Http;
using Kommo.OAuth;
using KommoFunctions.Accounts;
using KommoFunctions.Failures;
using KommoFunctions.Holds;
using KommoFunctions.Limiting;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;
using KommoFunctions.Tokens;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Connecting;

/// <summary>
/// Connects a Kommo account: spends the authorization code, or checks the long-lived token; stores the tokens and the account's row; then asks for its
/// facts and subscribes to its hooks. The last two may fail without undoing the rest.
/// </summary>
public sealed partial class AccountConnector
{
    private static readonly TimeSpan LockTime = TimeSpan.FromMinutes(4);

    /// <summary>Longer than a refresh takes. A lock that a dead process left behind must not cost the code.</summary>
    private static readonly TimeSpan WaitForRefresh = TimeSpan.FromSeconds(30);

    /// <summary>What a long-lived token may live at most, where it does not say so itself (Kommo: Long-lived tokens).</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(5 * 365);

    private readonly OAuthClients _clients;
    private readonly AdministratorCheck _administrators;
    private readonly AccountSecrets _secrets;
    private readonly TokenReader _reader;
    private readonly TokenRotation _rotation;
    private readonly RefreshSchedule _schedule;
    private readonly AccountStore _accounts;
    private readonly AccountSessions _sessions;
    private readonly HookSubscriptions _subscriptions;
    private readonly AccountLimiters _limiters;
    private readonly KommoTransport _transport;
    private readonly RowLeases _locks;
    private readonly HoldBell _bell;
    private readonly IStorageClock _clock;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal AccountConnector(
        OAuthClients clients,
        AdministratorCheck administrators,
        AccountSecrets secrets,
        TokenReader reader,
        TokenRotation rotation,
        RefreshSchedule schedule,
        AccountStore accounts,
        AccountSessions sessions,
        HookSubscriptions subscriptions,
        AccountLimiters limiters,
        KommoTransport transport,
        RowLeases locks,
        HoldBell bell,
        IStorageClock clock,
        TimeProvider time,
        ILogger<AccountConnector> logger)
    {
        _clients = clients;
        _administrators = administrators;
        _secrets = secrets;
        _reader = reader;
        _rotation = rotation;
        _schedule = schedule;
        _accounts = accounts;
        _sessions = sessions;
        _subscriptions = subscriptions;
        _limiters = limiters;
        _transport = transport;
        _locks = locks;
        _bell = bell;
        _clock = clock;
        _time = time;
        _logger = logger;
    }

    /// <summary>Connects the account whose administrator just allowed it. A second connection of the same account renews it.</summary>
    /// <param name="address">The account's address, from the callback's <c>referer</c> after <see cref="KommoDomain"/> has accepted it.</param>
    /// <param name="code">The authorization code; it lives 20 minutes and works once (Kommo: OAuth 2.0).</param>
    /// <param name="cancellationToken">Ends the work; not any more once the code is spent.</param>
    /// <exception cref="KommoGrantRejectedException">The code was used before, is too old, or is none.</exception>
    /// <exception cref="KommoIntegrationRejectedException">The integration's id, secret or redirect address is wrong.</exception>
    /// <exception cref="KommoException">Kommo refused or could not be reached.</exception>
    public async Task<ConnectOutcome> ConnectAsync(Uri address, string code, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);

        var permits = _limiters.Connecting(address);
        var client = await _clients.CreateAsync(address, permits, cancellationToken);
        var grant = await client.ExchangeCodeAsync(code, CancellationToken.None);
        if (!AccessTokenClaims.TryRead(grant.AccessToken, out var claims) || claims.AccountId is not { } id)
        {
            throw new InvalidOperationException("Kommo's access token does not say which account it is for.");
        }

        if (await _administrators.FindKeptAsync(id, address, grant, claims) is { } kept)
        {
            Log.AdministratorKept(_logger, id);
            return new ConnectOutcome(kept, IsAdministratorKept: true);
        }

        var now = _clock.Now.Likely;
        return new ConnectOutcome(await KeepAsync(
            id,
            address,
            permits,
            claims,
            new AccountTokens
            {
                AccessToken = grant.AccessToken,
                RefreshToken = grant.RefreshToken,
                IssuedAt = now,
                ExpiresAt = now + grant.ExpiresIn,
                Generation = 1,
            }));
    }

    /// <summary>Connects the account of a private integration's long-lived token, which is checked first (Kommo: Long-lived tokens).</summary>
    /// <param name="address">The account's address.</param>
    /// <param name="token">The token; it is not refreshed, but replaced by hand when it ends.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="KommoUnauthorizedException">Kommo refuses the token.</exception>
    /// <exception cref="KommoException">Kommo refused otherwise or could not be reached.</exception>
    public async Task<KommoAccount> ConnectWithTokenAsync(Uri address, string token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentException.ThrowIfNullOrWhiteSpace(token);

        var permits = _limiters.Connecting(address);
        var kommo = new KommoClient(KommoPipeline.CreateClient(
            address,
            new KommoPipelineOptions { Limiter = permits, Observer = permits, Tokens = new GivenToken(token), TimeProvider = _time },
            _transport.Handler));
        var found = await kommo.Account.GetAsync(cancellationToken: cancellationToken);
        AccessTokenClaims.TryRead(token, out var claims);
        var now = _clock.Now.Likely;
        return await KeepAsync(
            found.Id,
            address,
            permits,
            claims ?? new AccessTokenClaims(),
            new AccountTokens
            {
                AccessToken = token,
                IssuedAt = now,
                ExpiresAt = claims?.Expires ?? now + LongestLife,
                Generation = 1,
            });
    }

    private async Task<KommoAccount> KeepAsync(long id, Uri address, ConnectingLimiter permits, AccessTokenClaims claims, AccountTokens connected)
    {
        if (!permits.CountedForAccount)
        {
            // Before the account is known to anybody who could use up its permits in the same second.
            await _limiters.CountAsync(address, CancellationToken.None);
        }

        await StoreAsync(id, address, claims, connected);
        _sessions.Forget(id);
        Log.Connected(_logger, id, address.Host);
        await FollowUpAsync(id, "facts", ReadFactsAsync);
        await FollowUpAsync(id, "hook subscription", _subscriptions.EnsureSubscribedAsync);
        await FollowUpAsync(id, "waiting work", _bell.RingNowAsync);
        _sessions.Forget(id);
        return await _accounts.GetAsync(id, CancellationToken.None)
            ?? throw new InvalidOperationException($"The row of account {id} is gone.");
    }

    /// <summary>Apart from a refresh of the pair of before, whose result would replace the new one, and from the deletion of an account that was removed.</summary>
    private async Task StoreAsync(long id, Uri address, AccessTokenClaims claims, AccountTokens connected)
    {
        await using var held = await TryLockAsync(id);
        var state = held is null ? await _reader.ReadStateAsync(id, CancellationToken.None) : held.State;
        var stored = await _secrets.StoreAsync(id, previous => connected with
        {
            Generation = Math.Max(previous?.Generation ?? 0, Math.Max(state.Newest.Generation, state.RejectedGeneration)) + 1,
            Fence = held?.Generation ?? 0,
        });
        var tokens = stored.Tokens;
        var now = _clock.Now.Likely;
        await _accounts.ConnectAsync(
            id,
            _schedule.DueAt(id, tokens),
            found => (found ?? new KommoAccount { Id = id, Address = address, ConnectedAt = now, ReconciledUntil = now }) with
            {
                Address = address,
                // What happened while the app was not installed is nobody's to handle.
                ReconciledUntil = found is { State: AccountState.Uninstalled } ? now : found?.ReconciledUntil ?? now,
                State = AccountState.Active,
                StateSince = found is { State: AccountState.Active } ? found.StateSince : now,
                StateReason = null,
                TokenOrder = tokens.Order,
                TokenExpiresAt = tokens.ExpiresAt,
                UninstalledAt = null,
                SecretDeletedAt = null,
                ApiDomain = claims.ApiDomain ?? found?.ApiDomain,
                Scopes = claims.Scopes.Count > 0 ? string.Join(' ', claims.Scopes) : found?.Scopes,
            },
            CancellationToken.None);
        if (held is not null)
        {
            await _rotation.RecordAsync(held, id, stored);
        }
    }

    private async Task<RowLease<RotationState>?> TryLockAsync(long id)
    {
        try
        {
            return await _locks.AcquireAsync<RotationState>(RotationState.LockScope, TokenReader.LockName(id), LockTime, WaitForRefresh, CancellationToken.None);
        }
        catch (NotNowException)
        {
            Log.WithoutLock(_logger, id);
            return null;
        }
    }

    private async Task ReadFactsAsync(long id, CancellationToken cancellationToken)
    {
        var session = await _sessions.GetAsync(id, cancellationToken);
        var found = await session.Kommo.Account.GetAsync(AccountWith.AmojoId | AccountWith.DatetimeSettings, cancellationToken);
        if (found.Id != id)
        {
            Log.OtherAccount(_logger, id, found.Id);
            return;
        }

        await _accounts.SetFactsAsync(
            session.Account with
            {
                Name = found.Name,
                Currency = found.Currency,
                TimeZone = found.Embedded?.DatetimeSettings?.Timezone,
                AmojoId = found.AmojoId,
            },
            cancellationToken);
    }

    /// <summary>The account is connected: what comes after is tried, told, and made up for by the timers.</summary>
    private async Task FollowUpAsync(long id, string what, Func<long, CancellationToken, Task> work)
    {
        try
        {
            await work(id, CancellationToken.None);
        }
        catch (Exception e)
        {
            Log.NotFollowedUp(_logger, what, id, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Account {AccountId} ({Host}) is connected")]
        public static partial void Connected(ILogger logger, long accountId, string host);

        [LoggerMessage(2, LogLevel.Warning, "The tokens of account {AccountId} are being refreshed by a process that does not end; they are replaced all the same")]
        public static partial void WithoutLock(ILogger logger, long accountId);

        [LoggerMessage(3, LogLevel.Error, "The token of account {AccountId} gives access to account {Other} instead")]
        public static partial void OtherAccount(ILogger logger, long accountId, long other);

        [LoggerMessage(4, LogLevel.Warning, "The {What} of account {AccountId} could not be seen to; the account is connected all the same")]
        public static partial void NotFollowedUp(ILogger logger, string what, long accountId, Exception exception);

        [LoggerMessage(5, LogLevel.Warning, "A user who is no administrator allowed the integration in account {AccountId}; it keeps the tokens of the administrator who connected it")]
        public static partial void AdministratorKept(ILogger logger, long accountId);
    }
}
