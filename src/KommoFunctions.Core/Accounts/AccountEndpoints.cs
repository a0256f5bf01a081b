using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kommo;
using Kommo.OAuth;
using KommoFunctions.Connecting;
using KommoFunctions.Failures;
using KommoFunctions.Operations;
using KommoFunctions.Tokens;
using KommoFunctions.Uninstalling;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Accounts;

/// <summary>The operators' HTTP routes for accounts, apart from what kind of host serves them. No answer holds a token or a secret.</summary>
public sealed partial class AccountEndpoints
{
    private const int MostBytes = 64 * 1024;

    private readonly AccountStore _accounts;
    private readonly AccountConnector _connector;
    private readonly AccountRemoval _removal;
    private readonly TokenRefresher _refresher;
    private readonly AccountHosts _hosts;
    private readonly AccountWork _work;
    private readonly Uri _authorize;
    private readonly ILogger _logger;

    internal AccountEndpoints(
        AccountStore accounts,
        AccountConnector connector,
        AccountRemoval removal,
        TokenRefresher refresher,
        AccountHosts hosts,
        AccountWork work,
        IOptions<OAuthOptions> oauth,
        ILogger<AccountEndpoints> logger)
    {
        _accounts = accounts;
        _connector = connector;
        _removal = removal;
        _refresher = refresher;
        _hosts = hosts;
        _work = work;
        _authorize = ConnectEndpoints.StartAddress(oauth.Value);
        _logger = logger;
    }

    /// <summary>Lists all accounts, those that removed the integration included.</summary>
    /// <returns>200.</returns>
    public async Task<HttpAnswer> ListAsync(CancellationToken cancellationToken = default)
    {
        var views = new List<AccountView>();
        await foreach (var account in _accounts.ListAsync(cancellationToken))
        {
            views.Add(AccountView.Of(account, _authorize));
        }

        return Json(200, views, AccountJson.Readable.ListAccountView);
    }

    /// <summary>Shows one account, and what of its work waits.</summary>
    /// <returns>200; 404 when it is not known.</returns>
    public async Task<HttpAnswer> GetAsync(long accountId, CancellationToken cancellationToken = default) =>
        await _accounts.GetAsync(accountId, cancellationToken) is { } account
            ? Json(
                200,
                AccountView.Of(account, _authorize) with { Work = await _work.ReadAsync(accountId, cancellationToken) },
                AccountJson.Readable.AccountView)
            : Unknown(accountId);

    /// <summary>
    /// Connects the account of a private integration's long-lived token, or gives it a new one, after the token has been tried at Kommo
    /// (Kommo: Long-lived tokens).
    /// </summary>
    /// <param name="body">JSON: <c>{ "domain": "example.kommo.com", "token": "..." }</c>.</param>
    /// <param name="contentType">The request's content type: JSON, which no foreign page can have a browser send.</param>
    /// <param name="cancellationToken">Ends the trial of the token.</param>
    /// <returns>200 with the account; 400 for a wrong body; 413; 415; 422 when Kommo does not take the token; 502 and 503 when Kommo cannot be asked.</returns>
    public async Task<HttpAnswer> AddAsync(Stream body, string? contentType, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (contentType?.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            return Problem(415, "Not JSON", "Send the request with 'Content-Type: application/json'.");
        }

        var (entry, refusal) = await ReadAsync(body, cancellationToken);
        if (entry is null)
        {
            return refusal!;
        }

        var token = entry.Token?.Trim();
        if (!_hosts.TryParse(entry.Domain?.Trim(), out var address))
        {
            return Problem(400, "Wrong domain", "'domain' should be the account's host in Kommo and nothing else, such as example.kommo.com.");
        }

        if (string.IsNullOrEmpty(token) || token.Any(c => c is <= ' ' or > '~'))
        {
            return Problem(400, "Wrong token", "'token' should be the long-lived token from the integration's \"Keys and scopes\" in Kommo.");
        }

        try
        {
            return View(200, await _connector.ConnectWithTokenAsync(address, token, cancellationToken));
        }
        catch (KommoUnauthorizedException)
        {
            return Problem(422, "Token refused", $"Kommo does not take this token for {address.Authority}. It may be another account's, withdrawn, or expired. Nothing was changed.");
        }
        catch (KommoException e)
        {
            Log.NotAdded(_logger, address.Authority, e);
            return e.IsTransient
                ? Problem(503, "Kommo cannot be reached", "Kommo did not answer, or asks to wait. Try again in a few minutes; doing it twice does no harm.")
                : Problem(502, "Kommo refused", $"Kommo refused to show the account with this token: {e.Message}. Nothing was changed.");
        }
        catch (Exception e) when (FailureClassifier.IsStorageAway(e))
        {
            Log.NotAdded(_logger, address.Authority, e);
            return Problem(503, "Not stored", "Storage or the vault cannot be reached. Try again in a few minutes; doing it twice does no harm.");
        }
    }

    /// <summary>Treats the account as one that removed the integration: nothing is done for it any more, and its tokens are deleted later.</summary>
    /// <returns>200 with the account; 404 when it is not known.</returns>
    public async Task<HttpAnswer> RemoveAsync(long accountId, CancellationToken cancellationToken = default)
    {
        if (await _accounts.GetAsync(accountId, cancellationToken) is not { } account)
        {
            return Unknown(accountId);
        }

        await _removal.RemoveAsync(account, cancellationToken);
        return await GetAsync(accountId, cancellationToken);
    }

    /// <summary>
    /// Has the account's refresh token tried once more, for an operator who believes that it is good though Kommo has refused it: after a mistake in the
    /// integration's settings, say. A refusal changes nothing.
    /// </summary>
    /// <returns>
    /// 200 with the account, which works again; 404 when it is not known; 409 when it has no refresh token or removed the integration; 422 when Kommo refuses
    /// the token still; 502 when Kommo does not accept the integration; 503 when Kommo, storage or the vault cannot be reached, or it is being refreshed.
    /// </returns>
    public async Task<HttpAnswer> RetryTokenAsync(long accountId, CancellationToken cancellationToken = default)
    {
        if (await _accounts.GetAsync(accountId, cancellationToken) is not { } account)
        {
            return Unknown(accountId);
        }

        if (account.State == AccountState.Uninstalled)
        {
            return Problem(409, "Removed", $"Account {accountId} has removed the integration. Let an administrator of the account connect it again.");
        }

        try
        {
            await _refresher.RetryAsync(accountId, account.Address, cancellationToken);
            return await GetAsync(accountId, cancellationToken);
        }
        catch (KommoGrantRejectedException e)
        {
            return Problem(422, "Token refused", $"Kommo refuses the refresh token ({e.Hint ?? "without a reason"}). Let an administrator of the account connect it again.");
        }
        catch (KommoIntegrationRejectedException e)
        {
            return Problem(502, "Integration refused", $"Kommo does not accept the integration ({e.Reason}). Compare its id, secret and redirect address with \"Keys and scopes\" in Kommo, and try again.");
        }
        catch (NeedsAuthorizationException)
        {
            return Problem(409, "No refresh token", $"Account {accountId} has no refresh token. Connect it again, or enter a new long-lived token with POST /api/accounts.");
        }
        catch (Exception e) when (
            e is KommoException or NotNowException || FailureClassifier.IsStorageAway(e))
        {
            Log.NotRetried(_logger, accountId, e);
            return Problem(503, "Not tried", "Kommo, storage or the vault cannot be reached, or the token is being refreshed just now. Try again in a minute.");
        }
    }

    private static async Task<(AccountEntry? Entry, HttpAnswer? Refusal)> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var bytes = new byte[MostBytes + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > MostBytes)
        {
            return (null, Problem(413, "Too large", $"The body should be at most {MostBytes} bytes."));
        }

        try
        {
            if (JsonSerializer.Deserialize(bytes.AsSpan(0, length), AccountJson.Default.AccountEntry) is { } entry)
            {
                return (entry, null);
            }
        }
        catch (JsonException)
        {
            // What is wrong with it is not repeated: it may hold a token.
        }

        return (null, Problem(400, "Not understood", "The body should be JSON such as { \"domain\": \"example.kommo.com\", \"token\": \"...\" }."));
    }

    private HttpAnswer View(int statusCode, KommoAccount account) =>
        Json(statusCode, AccountView.Of(account, _authorize), AccountJson.Readable.AccountView);

    private static HttpAnswer Unknown(long accountId) => Problem(404, "Unknown account", $"No account {accountId} was ever connected.");

    private static HttpAnswer Problem(int status, string title, string detail) =>
        Json(status, new Problem("about:blank", title, status, detail), AccountJson.Readable.Problem, "application/problem+json; charset=utf-8");

    private static HttpAnswer Json<T>(int statusCode, T value, JsonTypeInfo<T> type, string contentType = "application/json; charset=utf-8") =>
        new(statusCode, contentType, JsonSerializer.SerializeToUtf8Bytes(value, type))
        {
            Headers = new Dictionary<string, string> { ["Cache-Control"] = "no-store", ["X-Content-Type-Options"] = "nosniff" },
        };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The long-lived token for {Host} could not be entered")]
        public static partial void NotAdded(ILogger logger, string host, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "The refresh token of account {AccountId} could not be tried once more")]
        public static partial void NotRetried(ILogger logger, long accountId, Exception exception);
    }
}
