using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Kommo;
using Kommo.Http;
using KommoFunctions.Connecting;
using KommoFunctions.Failures;
using KommoFunctions.Limiting;
using KommoFunctions.Messaging;
using KommoFunctions.OwnWrites;
using KommoFunctions.Storage;
using KommoFunctions.Tokens;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Accounts;

/// <summary>Gives the client of an account: with its limiter, its tokens and its address.</summary>
internal sealed class AccountSessions(
    AccountStore accounts,
    AccountLimiters limiters,
    TokenReader reader,
    TokenRefresher refresher,
    KommoTransport transport,
    DirectWriteStore writes,
    AccountMoves moves,
    IOptions<TokenOptions> tokenOptions,
    ILogger<DirectWriteHandler> writeLogger,
    IStorageClock clock,
    TimeProvider time)
{
    /// <summary>How long an account's row is trusted before it is read again, so that a change elsewhere is noticed.</summary>
    private static readonly TimeSpan KeepFor = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<long, AccountSession> _sessions = new();

    /// <exception cref="PermanentFailureException">The account is not connected any more, or never was.</exception>
    /// <exception cref="NotNowException">An administrator has to connect it again first.</exception>
    public async Task<AccountSession> GetAsync(long accountId, CancellationToken cancellationToken)
    {
        if (_sessions.TryGetValue(accountId, out var known) && time.GetElapsedTime(known.ReadAt) < KeepFor)
        {
            return known;
        }

        var account = await accounts.GetAsync(accountId, cancellationToken);
        if (account is null or { State: AccountState.Uninstalled })
        {
            _sessions.TryRemove(accountId, out _);
            throw account is null
                ? new PermanentFailureException(DeadLetterReasons.UnknownAccount, $"Account {accountId} was never connected.")
                : new PermanentFailureException(DeadLetterReasons.AccountRemoved, $"Account {accountId} has removed the integration.");
        }

        if (account.State == AccountState.NeedsAuthorization)
        {
            _sessions.TryRemove(accountId, out _);
            throw new NeedsAuthorizationException(accountId);
        }

        var session = known is not null && known.Account.Address == account.Address
            ? known with { Account = account, ReadAt = time.GetTimestamp() }
            : Connect(account);
        return _sessions[accountId] = session;
    }

    /// <summary>Has the account's row read again before it is worked for: its state has changed.</summary>
    public void Forget(long accountId) => _sessions.TryRemove(accountId, out _);

    /// <summary>Goes on with what the account's row says now.</summary>
    public void Update(KommoAccount account)
    {
        if (_sessions.TryGetValue(account.Id, out var known))
        {
            _sessions.TryUpdate(account.Id, known with { Account = account }, known);
        }
    }

    private AccountSession Connect(KommoAccount account)
    {
        var limiter = limiters.Get(account.Address);
        var tokens = new CachedTokens(account.Id, account.Address, reader, refresher, tokenOptions, clock, time);
        var watch = new MoveWatch(account.Id, account.Address, moves, () => Forget(account.Id), time) { InnerHandler = transport.Handler };
        return new AccountSession(
            account, Connect(limiter.Limiter, around: null), Connect(limiter.Limiter, Noting), Connect(limiter.Background, around: null), tokens, time.GetTimestamp());

        // Changes are not repeated behind our back: the hooks that a change causes are recognised by the time that its answer tells.
        KommoClient Connect(RateLimiter permits, Func<HttpMessageHandler, HttpMessageHandler>? around) => new(KommoPipeline.CreateClient(
            account.Address,
            new KommoPipelineOptions { Limiter = permits, Observer = limiter, Tokens = tokens, TimeProvider = time, Around = around, RepeatChanges = false },
            watch));

        HttpMessageHandler Noting(HttpMessageHandler inner) => new DirectWriteHandler(account.Id, writes, writeLogger) { InnerHandler = inner };
    }
}
