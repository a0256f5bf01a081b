using System.Text;
using System.Web;
using KommoFunctions.Connecting;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Tests;
using KommoFunctions.Tokens;

namespace KommoFunctions.Core.Tests.Connecting;

/// <summary>An administrator's browser between the app and a simulated Kommo: keeps cookies, follows what it is told, and can be made to lie.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly List<string> _secrets = [];
    private readonly Dictionary<string, string> _cookies = [];

    private Browser(CoreHost host) => Host = host;

    public CoreHost Host { get; }

    public ConnectEndpoints Pages => Host.Process.Get<ConnectEndpoints>();

    public string Cookies => string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));

    public static async Task<Browser> StartAsync(AzuriteFixture azurite, Action<CoreHostOptions>? configure = null)
    {
        var host = await CoreHost.StartAsync(azurite, o =>
        {
            o.Connected = false;
            o.Settings["Connect:AllowLoopback"] = "true";
            o.Kommo = kommo => kommo.UseLoopbackHosts = true;
            configure?.Invoke(o);
        });
        await host.Process.Vault.SetSecretAsync(IntegrationSecret.Name, CoreHost.ClientSecret);
        return new Browser(host);
    }

    /// <summary>Opens the page on which connecting begins.</summary>
    /// <returns>The state that it sends to Kommo.</returns>
    public async Task<string> StartConnectingAsync(CoreProcess? process = null)
    {
        var answer = await (process ?? Host.Process).Get<ConnectEndpoints>().StartAsync();
        Assert.Equal(302, answer.StatusCode);
        Keep(answer);
        var state = HttpUtility.ParseQueryString(new Uri(answer.Headers["Location"]).Query)["state"]!;
        _secrets.Add(state);
        return state;
    }

    /// <summary>What Kommo sends the browser back with when the administrator says yes.</summary>
    public ConnectCallback Allow(string? state, long? userId = null)
    {
        var code = userId is { } user ? Host.Kommo.Authorize(user) : Host.Kommo.Authorize();
        _secrets.Add(code.Code);
        return new ConnectCallback { Code = code.Code, State = state, Referer = code.Referer, ClientId = Host.Kommo.Options.ClientId, Cookies = Cookies };
    }

    public async Task<HttpAnswer> ComeBackAsync(ConnectCallback callback, CoreProcess? process = null)
    {
        var answer = await (process ?? Host.Process).Get<ConnectEndpoints>().FinishAsync(callback);
        Keep(answer);
        return answer;
    }

    /// <summary>From the first page to the last.</summary>
    public async Task<HttpAnswer> ConnectAsync(long? userId = null) => await ComeBackAsync(Allow(await StartConnectingAsync(), userId));

    public static string Text(HttpAnswer answer) => Encoding.UTF8.GetString(answer.Content.Span);

    public static string Heading(HttpAnswer answer)
    {
        var html = Text(answer);
        var start = html.IndexOf("<h1>", StringComparison.Ordinal) + 4;
        return HttpUtility.HtmlDecode(html[start..html.IndexOf("</h1>", StringComparison.Ordinal)]);
    }

    public Task<bool> IsConnectedAsync() => IsConnectedAsync(Host);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Secrecy.AssertKeptAsync(Host, [.. _secrets, .. _cookies.Values]);
        }
        finally
        {
            await Host.DisposeAsync();
        }
    }

    private static async Task<bool> IsConnectedAsync(CoreHost host) => await host.ReadAccountAsync() is not null;

    private void Keep(HttpAnswer answer)
    {
        if (answer.Headers.TryGetValue("Set-Cookie", out var cookie))
        {
            var pair = cookie.Split(';')[0].Split('=', 2);
            if (cookie.Contains("Max-Age=0;", StringComparison.Ordinal))
            {
                _cookies.Remove(pair[0]);
                return;
            }

            _cookies[pair[0]] = pair[1];
            _secrets.Add(pair[1]);
        }
    }
}
