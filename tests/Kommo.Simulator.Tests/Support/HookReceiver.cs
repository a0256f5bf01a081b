using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Kommo.Simulator.Tests.Support;

/// <summary>A raw receiver on loopback that keeps every request and answers as told.</summary>
internal sealed class HookReceiver : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly SemaphoreSlim _arrived = new(0);

    private HookReceiver(WebApplication server) => _server = server;

    public Func<HttpContext, Task<int>> Answer { get; set; } = _ => Task.FromResult(200);

    public ConcurrentQueue<ReceivedHook> Hooks { get; } = [];

    public Uri Address => new($"{_server.Urls.First()}/hook");

    public static async Task<HookReceiver> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication server = builder.Build();
        HookReceiver receiver = new(server);
        server.Run(receiver.ReceiveAsync);
        await server.StartAsync();
        return receiver;
    }

    /// <summary>Waits for as many requests as have not been waited for yet.</summary>
    public async Task<IReadOnlyList<ReceivedHook>> WaitAsync(int count)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60), TimeProvider.System);
        for (int hook = 0; hook < count; hook++)
        {
            await _arrived.WaitAsync(patience.Token);
        }

        return [.. Hooks];
    }

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        await _server.StopAsync(patience.Token);
        await _server.DisposeAsync();
        _arrived.Dispose();
    }

    private async Task ReceiveAsync(HttpContext http)
    {
        using StreamReader reader = new(http.Request.Body);
        string body = await reader.ReadToEndAsync();
        Hooks.Enqueue(new ReceivedHook(
            http.Request.Method,
            http.Request.Method == "GET" ? http.Request.QueryString.Value![1..] : body,
            http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString())));
        _arrived.Release();
        http.Response.StatusCode = await Answer(http);
    }
}

internal sealed record ReceivedHook(string Method, string Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The pairs of a form-encoded body in their order, decoded.</summary>
    public IReadOnlyList<(string Key, string Value)> Pairs =>
    [
        .. Body.Split('&').Select(pair => pair.Split('=', 2)).Select(pair => (WebUtility.UrlDecode(pair[0]), WebUtility.UrlDecode(pair[1]))),
    ];

    public string? this[string key] => Pairs.Where(pair => pair.Key == key).Select(pair => pair.Value).SingleOrDefault();
}
