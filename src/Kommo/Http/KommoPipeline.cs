using System.Net;
using System.Security.Authentication;
using Microsoft.Extensions.Http.Resilience;

namespace Kommo.Http;

/// <summary>
/// Builds the handlers of a request to Kommo. Outermost first: the account's host, the caller's own, telemetry, retry, token, limit observer, one attempt
/// (its permit, time and errors), the connection. The permit comes last, so that nothing is waited for with it, and is checked again when the first bytes
/// leave: what counts is when requests arrive at Kommo.
/// </summary>
public static class KommoPipeline
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>The handlers over <paramref name="inner"/>, which they own from then on.</summary>
    /// <param name="options">What the handlers need.</param>
    /// <param name="inner">
    /// The connection, as a rule from <see cref="CreateTransport"/>. Over any other a permit counts when it is granted, not when the request leaves.
    /// </param>
    public static HttpMessageHandler Create(KommoPipelineOptions options, HttpMessageHandler inner)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(inner);
        HttpMessageHandler handler = new AttemptHandler(options) { InnerHandler = inner };
        if (options.Observer is { } observer)
        {
            handler = new LimitObserverHandler(observer, options.TimeProvider) { InnerHandler = handler };
        }

        if (options.Tokens is { } tokens)
        {
            handler = new TokenHandler(tokens) { InnerHandler = handler };
        }

        handler = new ResilienceHandler(KommoRetry.Build(options)) { InnerHandler = handler };
        handler = new TelemetryHandler { InnerHandler = handler };
        return options.Around?.Invoke(handler) ?? handler;
    }

    /// <summary>
    /// A connection pool as Kommo wants it: TLS 1.2 and up, 5 seconds to connect, no redirects (a token must not follow
    /// one), no cookies, compressed answers, connections renewed every 5 minutes so that a changed address is noticed. Requests of a
    /// client from <see cref="CreateClient"/> leave on them with a permit that is good at that moment; others leave as they come.
    /// </summary>
    public static SocketsHttpHandler CreateTransport() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.GZip,
        ConnectTimeout = ConnectTimeout,
        PlaintextStreamFilter = PermitStream.FilterAsync,
        PooledConnectionLifetime = ConnectionLifetime,
        SslOptions = { EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 },
        UseCookies = false,
    };

    /// <summary>
    /// A client for one account. Its own timeout is infinite, since waiting for a permit is not the request's time: an
    /// attempt is limited by <see cref="KommoPipelineOptions.AttemptTimeout"/>, the wait by the limiter and the caller.
    /// </summary>
    /// <param name="account">The account's host, such as <c>https://example.kommo.com/</c>; requests to others are refused.</param>
    /// <param name="options">What the handlers need.</param>
    /// <param name="transport">The connection, as a rule from <see cref="CreateTransport"/>; disposed by its owner, not by the client.</param>
    /// <exception cref="ArgumentException">The address is neither https nor loopback, or is more than a host.</exception>
    public static HttpClient CreateClient(Uri account, KommoPipelineOptions options, HttpMessageHandler transport)
    {
        AccountAddress.Require(account, nameof(account));
        var handler = new AccountHostHandler(account) { InnerHandler = Create(options, transport) };
        var client = new HttpClient(handler, disposeHandler: false) { BaseAddress = account, Timeout = Timeout.InfiniteTimeSpan };
        foreach (var product in LibraryVersion.UserAgent)
        {
            client.DefaultRequestHeaders.UserAgent.Add(product);
        }

        return client;
    }
}
