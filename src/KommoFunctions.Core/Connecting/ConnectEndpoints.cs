using Kommo;
using Kommo.OAuth;
using KommoFunctions.Accounts;
using KommoFunctions.Failures;
using KommoFunctions.Handling;
using KommoFunctions.Intake;
using KommoFunctions.Limiting;
using KommoFunctions.Messaging;
using KommoFunctions.Tokens;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Connecting;

/// <summary>
/// The two pages through which an administrator connects a Kommo account, apart from what kind of host serves them. Nothing of a request decides
/// where the browser is sent, or, apart from a host that is checked, where the integration's secret is sent.
/// </summary>
public sealed partial class ConnectEndpoints
{
    private static readonly TimeSpan RefusalDelay = TimeSpan.FromMilliseconds(500);

    private readonly HookKeyRing _keys;
    private readonly UsedStates _used;
    private readonly AccountLimiters _limiters;
    private readonly AccountHosts _hosts;
    private readonly AccountConnector _connector;
    private readonly HookSubscriptions _subscriptions;
    private readonly HandlerRegistry _handlers;
    private readonly ConnectOptions _options;
    private readonly string _clientId;
    private readonly Uri _redirectUri;
    private readonly ConnectPages _pages;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal ConnectEndpoints(
        HookKeyRing keys,
        UsedStates used,
        AccountLimiters limiters,
        AccountHosts hosts,
        AccountConnector connector,
        HookSubscriptions subscriptions,
        HandlerRegistry handlers,
        IOptions<ConnectOptions> options,
        IOptions<OAuthOptions> oauth,
        TimeProvider time,
        ILogger<ConnectEndpoints> logger)
    {
        _keys = keys;
        _used = used;
        _limiters = limiters;
        _hosts = hosts;
        _connector = connector;
        _subscriptions = subscriptions;
        _handlers = handlers;
        _options = options.Value;
        _clientId = oauth.Value.ClientId;
        _redirectUri = new Uri(oauth.Value.RedirectUri);
        _pages = new ConnectPages(StartAddress(oauth.Value));
        _time = time;
        _logger = logger;
    }

    /// <summary>Answers a GET of <c>/api/oauth/start</c>: sends the browser to Kommo's authorization page, with a state that only it can bring back.</summary>
    /// <returns>302; 503 when the vault cannot be reached.</returns>
    public Task<HttpAnswer> StartAsync(CancellationToken cancellationToken = default) => GuardAsync(async () =>
    {
        var secret = ConnectCookie.NewSecret();
        var state = ConnectState.Create(secret, _time.GetUtcNow() + _options.StateLifetime);
        var signed = state.Sign(await _keys.GetCurrentAsync(cancellationToken), _clientId);
        return new HttpAnswer(302, "text/plain; charset=utf-8", default)
        {
            Headers = new Dictionary<string, string>(HtmlPage.Guards)
            {
                ["Location"] = $"{_options.AuthorizationPage}?client_id={Uri.EscapeDataString(_clientId)}&state={signed}&mode=popup",
                ["Set-Cookie"] = ConnectCookie.Set(_redirectUri, state, secret, _options.StateLifetime),
            },
        };
    });

    /// <summary>Answers a GET of <c>/api/oauth/callback</c>: connects the account and says so.</summary>
    /// <returns>
    /// 200 with a page when the account is connected; 403 when its administrator said no; 400 for what Kommo did not send, or not in answer to us; 409
    /// for a repetition, or a code that Kommo does not take; 502 and 503 when Kommo, or storage, cannot be reached; 500 when the app is not set up.
    /// </returns>
    public Task<HttpAnswer> FinishAsync(ConnectCallback callback, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return GuardAsync(() => FinishCoreAsync(callback, cancellationToken));
    }

    /// <summary>Where connecting begins: beside the redirect address, so that the cookie comes back to it.</summary>
    internal static Uri StartAddress(OAuthOptions options) => new(new Uri(options.RedirectUri), "start");

    private async Task<HttpAnswer> FinishCoreAsync(ConnectCallback callback, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(callback.Error))
        {
            return callback.Error == "access_denied" ? _pages.Denied.Answer(403) : Refuse(_pages.Incomplete, "error");
        }

        if (!string.IsNullOrEmpty(callback.ClientId) && !string.Equals(callback.ClientId, _clientId, StringComparison.OrdinalIgnoreCase))
        {
            return Refuse(_pages.OtherIntegration, "client_id");
        }

        if (string.IsNullOrWhiteSpace(callback.Code))
        {
            return Refuse(_pages.Incomplete, "code");
        }

        if (!_hosts.TryParse(callback.Referer, out var address))
        {
            return Refuse(_pages.NoKommoAccount, "referer");
        }

        if (string.IsNullOrEmpty(callback.State))
        {
            return !_options.AllowInstallFromKommo ? Refuse(_pages.FromKommo, "state")
                : await _limiters.AdmitCallbackAsync(cancellationToken) ? await ConnectAsync(address, callback.Code, cancellationToken)
                : await RefuseTooManyAsync(cancellationToken);
        }

        if (await ReadStateAsync(callback.State, cancellationToken) is not { } state)
        {
            return Refuse(_pages.Forged, "signature of the state");
        }

        if (state.Expires <= _time.GetUtcNow())
        {
            return Refuse(_pages.Expired, "time of the state");
        }

        if (!ConnectCookie.Find(callback.Cookies, _redirectUri, state).Any(state.IsOf))
        {
            return Refuse(_pages.OtherBrowser, "browser of the state");
        }

        // Anybody can come here with a state of his own: what is stored for it has to be bounded, too.
        if (!await _limiters.AdmitCallbackAsync(cancellationToken))
        {
            return await RefuseTooManyAsync(cancellationToken);
        }

        if (!await _used.TryUseAsync(state, cancellationToken))
        {
            Log.Refused(_logger, "state, which was used before");
            return _pages.Used.Answer(409);
        }

        var answer = await ConnectAsync(address, callback.Code, cancellationToken);
        return answer with
        {
            Headers = new Dictionary<string, string>(answer.Headers) { ["Set-Cookie"] = ConnectCookie.Clear(_redirectUri, state) },
        };
    }

    private async Task<HttpAnswer> ConnectAsync(Uri address, string code, CancellationToken cancellationToken)
    {
        try
        {
            var (account, isAdministratorKept) = await _connector.ConnectAsync(address, code, cancellationToken);
            if (isAdministratorKept)
            {
                return ConnectPages.AdministratorKept(account).Answer(200);
            }

            var hooks = account.Hooks == HookState.Subscribed || _handlers.Subscription.Count == 0
                ? null
                : await _subscriptions.AddressOfAsync(account.Id, CancellationToken.None);
            return ConnectPages.Connected(account, hooks, _handlers.Subscription).Answer(200);
        }
        catch (KommoGrantRejectedException e)
        {
            Log.CodeRefused(_logger, e.Hint, e);
            return _pages.CodeRefused.Answer(409);
        }
        catch (KommoIntegrationRejectedException e)
        {
            Log.IntegrationRefused(_logger, e.Reason, e);
            return ConnectPages.NotSetUp.Answer(500);
        }
        catch (KommoException e)
        {
            Log.KommoFailed(_logger, e);
            return _pages.KommoUnavailable.Answer(e.IsTransient ? 503 : 502);
        }
    }

    /// <summary>A browser gets a page whatever goes wrong; what went wrong is for the log.</summary>
    private async Task<HttpAnswer> GuardAsync(Func<Task<HttpAnswer>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is NotNowException or OperationCanceledException || FailureClassifier.IsStorageAway(e))
        {
            Log.Unavailable(_logger, e);
            return _pages.Unavailable.Answer(503);
        }
        catch (InvalidOperationException e)
        {
            Log.NotSetUp(_logger, e);
            return ConnectPages.NotSetUp.Answer(500);
        }
    }

    /// <summary>After a moment, so that who comes again at once gains nothing by it and computes nothing here.</summary>
    private async Task<HttpAnswer> RefuseTooManyAsync(CancellationToken cancellationToken)
    {
        Log.TooMany(_logger);
        await Task.Delay(RefusalDelay, TimeProvider.System, cancellationToken);
        return _pages.Unavailable.Answer(503);
    }

    private HttpAnswer Refuse(HtmlPage page, string what)
    {
        Log.Refused(_logger, what);
        return page.Answer(400);
    }

    private async Task<ConnectState?> ReadStateAsync(string text, CancellationToken cancellationToken)
    {
        ConnectState? state = null;
        return ConnectState.HasForm(text)
            && await _keys.AcceptsAsync(keys => ConnectState.TryRead(text, keys, _clientId, out state), text, cancellationToken)
                ? state
                : null;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A callback was refused for its {What}")]
        public static partial void Refused(ILogger logger, string what);

        [LoggerMessage(2, LogLevel.Warning, "Kommo does not take the code of a callback ({Hint})")]
        public static partial void CodeRefused(ILogger logger, string? hint, Exception exception);

        [LoggerMessage(3, LogLevel.Error, "Kommo could not be asked for the tokens of an account")]
        public static partial void KommoFailed(ILogger logger, Exception exception);

        [LoggerMessage(4, LogLevel.Error, "No account could be connected: storage or the vault cannot be reached")]
        public static partial void Unavailable(ILogger logger, Exception exception);

        [LoggerMessage(6, LogLevel.Warning, "A callback was refused: more accounts are being connected than there are permits for")]
        public static partial void TooMany(ILogger logger);

        [LoggerMessage(5, LogLevel.Error, "No account can be connected: the app is not set up")]
        public static partial void NotSetUp(ILogger logger, Exception exception);

        [LoggerMessage(8, LogLevel.Error, "Kommo does not accept the integration ({Reason}). Compare KommoFunctions:OAuth and the vault's secret kommo-client-secret with Kommo's \"Keys and scopes\"")]
        public static partial void IntegrationRefused(ILogger logger, string? reason, Exception exception);
    }
}
