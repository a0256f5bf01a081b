using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using KommoFunctions.Local.App;
using KommoFunctions.Local.Tests.Framework;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Local.Tests.App;

/// <summary>Connecting, from the first click to the last page, over HTTP as a browser does it.</summary>
[Collection(RunningApp.Name)]
public sealed partial class ConnectRouteTests(RunningApp app)
{
    [Fact]
    public async Task An_administrator_connects_the_account_by_two_clicks()
    {
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() });

        var consent = await browser.GetAsync(app.Surroundings.ConnectAddress);
        var last = await browser.GetAsync(Click(consent, await consent.Content.ReadAsStringAsync(), allow: true));

        Assert.Equal(app.Surroundings.Simulator.BaseAddress.Authority, consent.RequestMessage!.RequestUri!.Authority);
        Assert.Equal((HttpStatusCode.OK, "text/html; charset=utf-8"), (last.StatusCode, last.Content.Headers.ContentType!.ToString()));
        Assert.Contains("<h1>Your account is connected</h1>", await last.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'", last.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("no-referrer", last.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(last.Headers.CacheControl!.NoStore);

        var again = await browser.GetAsync(last.RequestMessage!.RequestUri);
        Assert.NotEqual(HttpStatusCode.OK, again.StatusCode);
        Assert.Single(app.Surroundings.Simulator.Webhooks);
    }

    [Fact]
    public async Task An_administrator_who_denies_gets_a_page_that_says_so()
    {
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() });

        var consent = await browser.GetAsync(app.Surroundings.ConnectAddress);
        var last = await browser.GetAsync(Click(consent, await consent.Content.ReadAsStringAsync(), allow: false));

        Assert.Equal(HttpStatusCode.Forbidden, last.StatusCode);
        Assert.Contains("<h1>Access was not allowed</h1>", await last.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("next=https://evil.com")]
    [InlineData("redirect_uri=https://evil.com&returnUrl=//evil.com&client_id=x&state=y")]
    [InlineData("referer=evil.com")]
    public async Task Nothing_in_a_query_decides_where_the_browser_is_sent(string query)
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });

        using var start = await browser.GetAsync(new Uri(app.Surroundings.ConnectAddress, $"start?{query}"));
        using var callback = await browser.GetAsync(new Uri(app.Surroundings.ConnectAddress, $"callback?{query}&code=c"));

        Assert.Equal(app.Surroundings.Simulator.BaseAddress.Authority, start.Headers.Location!.Authority);
        Assert.DoesNotContain("evil", start.Headers.Location.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, callback.StatusCode);
        Assert.Null(callback.Headers.Location);
        Assert.DoesNotContain("evil", await callback.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_sees_the_account_and_no_secret()
    {
        using var answer = await app.Http.GetAsync(new Uri(app.Surroundings.AppAddress, $"api/accounts/{app.AccountId}"));
        var list = await app.Http.GetStringAsync(new Uri(app.Surroundings.AppAddress, "api/accounts"));

        var account = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("application/json; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(app.AccountId, account.GetProperty("id").GetInt64());
        Assert.Equal(app.Surroundings.ConnectAddress.AbsoluteUri, account.GetProperty("authorize").GetString());
        foreach (var pair in app.Surroundings.Simulator.Tokens)
        {
            Assert.DoesNotContain(pair.AccessToken, list, StringComparison.Ordinal);
            Assert.DoesNotContain(pair.RefreshToken, list, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("GET", "api/accounts/5", null, HttpStatusCode.NotFound)]
    [InlineData("DELETE", "api/accounts/5", null, HttpStatusCode.NotFound)]
    [InlineData("POST", "api/accounts/5/retry-token", null, HttpStatusCode.NotFound)]
    [InlineData("POST", "api/accounts", "{}", HttpStatusCode.BadRequest)]
    public async Task An_operators_mistake_is_answered_with_a_problem(string method, string path, string? body, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(app.Surroundings.AppAddress, path));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await app.Http.SendAsync(request);

        Assert.Equal((status, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Equal((int)status, JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Neither_code_nor_state_is_in_a_log_or_a_trace_of_the_host()
    {
        // A host of its own that logs as much as settings can make it.
        var lines = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => lines.Enqueue(
                $"{activity.DisplayName} {string.Join(' ', activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))}"),
        };
        ActivitySource.AddActivityListener(listener);
        var port = app.Surroundings.AppAddress.Port;
        var settings = new Dictionary<string, string?>(app.Surroundings.Settings)
        {
            ["Logging:LogLevel:Default"] = "Trace",
            ["Logging:LogLevel:Microsoft"] = "Trace",
            ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace",
        };
        var other = Enumerable.Range(port + 1, 1_000).First(Emulators.Ports.IsFree);
        await using var loud = LocalApp.Build(other, settings, quiet: false, logging => logging.AddProvider(new Lines(lines)));
        await LocalApp.StartAsync(loud, CancellationToken.None);
        var code = app.Surroundings.Simulator.Authorize();
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        using var start = await browser.GetAsync(new Uri($"http://localhost:{other}/api/oauth/start"));
        var state = StateIn().Match(start.Headers.Location!.Query).Groups[1].Value;
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            $"http://localhost:{other}/api/oauth/callback?code={code.Code}&state={state}&referer={Uri.EscapeDataString(code.Referer)}");
        request.Headers.Add("Cookie", start.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        using var answer = await browser.SendAsync(request);
        await loud.StopAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(lines, line => line.Contains("is connected", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("/api/oauth/callback", StringComparison.Ordinal));
        var pair = app.Surroundings.Simulator.Tokens[^1];
        foreach (var secret in new[] { code.Code, state, pair.AccessToken, pair.RefreshToken, Surroundings.LocalSurroundings.ClientSecret })
        {
            Assert.DoesNotContain(lines, line => line.Contains(secret, StringComparison.Ordinal));
        }
    }

    private static Uri Click(HttpResponseMessage page, string html, bool allow)
    {
        var state = WebUtility.HtmlDecode(StateField().Match(html).Groups[1].Value);
        return new Uri(page.RequestMessage!.RequestUri!, $"/oauth/decision?state={Uri.EscapeDataString(state)}&allow={(allow ? 1 : 0)}");
    }

    [GeneratedRegex("name=state value=\"([^\"]*)\"")]
    private static partial Regex StateField();

    [GeneratedRegex("[?&]state=([^&]*)")]
    private static partial Regex StateIn();

    private sealed class Lines(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lines.Enqueue(state.ToString() ?? string.Empty);
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
