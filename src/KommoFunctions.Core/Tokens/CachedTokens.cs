using Kommo.Http;
using Kommo.OAuth;
using KommoFunctions.Storage;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Tokens;

/// <summary>
/// An account's tokens as this process has them: read from the vault once, and again only when they stop working. A refusal by Kommo leads to
/// one reading of the vault, then to one refresh, for all who were refused together. Who has a token that works waits for nobody.
/// </summary>
internal sealed class CachedTokens(
    long accountId, Uri address, TokenReader reader, TokenRefresher refresher, IOptions<TokenOptions> options, IStorageClock clock, TimeProvider time)
    : IAccessTokenSource
{
    /// <summary>For how long all callers share one failure: a thousand messages must not ask the vault a thousand times.</summary>
    private static readonly TimeSpan FailureHolds = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private volatile AccountTokens? _tokens;
    private Task<AccountTokens>? _renewal;
    private long _failedAt;

    public async ValueTask<string> GetAsync(CancellationToken cancellationToken) =>
        _tokens is { } known && IsAlive(known) ? known.AccessToken : (await RenewAsync(rejected: null, cancellationToken)).AccessToken;

    public async ValueTask<bool> RejectedAsync(string token, CancellationToken cancellationToken)
    {
        try
        {
            await RenewAsync(token, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is KommoGrantRejectedException or NeedsAuthorizationException)
        {
            // The account is marked and the log told of it; the caller goes on with Kommo's own 401.
            return false;
        }
    }

    /// <summary>Tokens that are alive and not the rejected one.</summary>
    private async Task<AccountTokens> RenewAsync(string? rejected, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task<AccountTokens> renewal;
            lock (_gate)
            {
                if (_tokens is { } known && IsGood(known, rejected))
                {
                    return known;
                }

                if (_renewal is null || _renewal.IsCompletedSuccessfully || (_renewal.IsCompleted && time.GetElapsedTime(_failedAt) > FailureHolds))
                {
                    _renewal = Task.Run(() => RenewCoreAsync(rejected), CancellationToken.None);
                }

                renewal = _renewal;
            }

            // What was begun for another caller may end with the very token that this one was refused.
            var tokens = await renewal.WaitAsync(cancellationToken);
            if (IsGood(tokens, rejected))
            {
                return tokens;
            }
        }
    }

    /// <summary>Belongs to no caller: one that goes away leaves it to the others.</summary>
    private async Task<AccountTokens> RenewCoreAsync(string? rejected)
    {
        try
        {
            var stored = await reader.ReadAsync(accountId, CancellationToken.None);
            return _tokens = stored is not null && IsGood(stored, rejected)
                ? stored
                : await refresher.RefreshAsync(accountId, address, tokens => !IsGood(tokens, rejected), CancellationToken.None);
        }
        catch
        {
            Volatile.Write(ref _failedAt, time.GetTimestamp());
            throw;
        }
    }

    private bool IsGood(AccountTokens tokens, string? rejected) => tokens.AccessToken != rejected && IsAlive(tokens);

    private bool IsAlive(AccountTokens tokens) => tokens.ExpiresAt - options.Value.ExpiryMargin > clock.Now.Latest;
}
