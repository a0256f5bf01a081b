using Kommo.Http;
using Kommo.OAuth;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Tokens;

/// <summary>
/// An account's tokens as this process has them: read from the vault once, and again only when they stop working. A refusal by Kommo leads to
/// one reading of the vault, then to one refresh.
/// </summary>
internal sealed class CachedTokens(
    long accountId, Uri address, TokenVault vault, TokenRefresher refresher, IOptions<TokenOptions> options, TimeProvider time) : IAccessTokenSource, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile AccountTokens? _tokens;

    public void Dispose() => _gate.Dispose();

    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        if (_tokens is { } known && IsAlive(known))
        {
            return known.AccessToken;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_tokens is { } read && IsAlive(read))
            {
                return read.AccessToken;
            }

            var stored = await vault.ReadAsync(accountId, cancellationToken);
            _tokens = stored is not null && IsAlive(stored)
                ? stored
                : await refresher.RefreshAsync(accountId, address, tokens => !IsAlive(tokens), cancellationToken);
            return _tokens.AccessToken;
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask<bool> RejectedAsync(string token, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_tokens is { } known && known.AccessToken != token)
            {
                return true;
            }

            var stored = await vault.ReadAsync(accountId, cancellationToken);
            _tokens = stored is not null && stored.AccessToken != token && IsAlive(stored)
                ? stored
                : await refresher.RefreshAsync(accountId, address, tokens => tokens.AccessToken == token || !IsAlive(tokens), cancellationToken);
            return true;
        }
        catch (KommoGrantRejectedException)
        {
            // The refresher has marked the account and told the log; the caller goes on with Kommo's own 401.
            return false;
        }
        finally
        {
            _gate.Release();
        }
    }

    private bool IsAlive(AccountTokens tokens) => tokens.ExpiresAt - options.Value.ExpiryMargin > time.GetUtcNow();
}
