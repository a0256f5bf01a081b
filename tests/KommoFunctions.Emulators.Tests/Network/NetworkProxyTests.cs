using System.Net;
using System.Net.Sockets;
using KommoFunctions.Emulators.KeyVault;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Emulators.Network;

public sealed class NetworkProxyTests : IAsyncLifetime
{
    private const int AnswerLength = 1000;

    private static readonly TimeSpan AWhile = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private WebApplication? _server;
    private NetworkProxy? _proxy;
    private int _asked;

    private NetworkProxy Proxy => _proxy!;

    private Uri Address => new($"http://127.0.0.1:{Proxy.Ports[0]}/");

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.Run(async http =>
        {
            Interlocked.Increment(ref _asked);
            http.Response.ContentLength = AnswerLength;
            await http.Response.WriteAsync(new string('x', AnswerLength));
        });
        await _server.StartAsync();
        var address = _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        _proxy = NetworkProxy.Start(new Uri(address).Port);
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await _server!.DisposeAsync();
        _http.Dispose();
    }

    [Fact]
    public async Task Requests_and_answers_pass_unchanged()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _http.GetStringAsync(Address)));

        Assert.All(answers, answer => Assert.Equal(AnswerLength, answer.Length));
        Assert.Equal(20, _asked);
    }

    [Fact]
    public async Task TLS_passes_too()
    {
        await using var vault = await KeyVaultEmulator.StartAsync(new KeyVaultEmulatorOptions(), CancellationToken.None);
        await using var proxy = NetworkProxy.Start(vault.Uri.Port);
        using var http = vault.CreateHttpClient();

        using var response = await http.GetAsync(new Uri($"https://127.0.0.1:{proxy.Ports[0]}/secrets/any"));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task While_the_service_is_away_open_and_new_connections_are_reset()
    {
        await _http.GetStringAsync(Address);
        Proxy.Faults.Away = true;

        await Assert.ThrowsAsync<HttpRequestException>(() => _http.GetStringAsync(Address));
        Proxy.Faults.Away = false;

        await _http.GetStringAsync(Address);
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task A_reset_meets_only_the_connections_that_are_open()
    {
        using var open = new TcpClient();
        await open.ConnectAsync(IPAddress.Loopback, Proxy.Ports[0]);
        await _http.GetStringAsync(Address);

        Proxy.Faults.ResetConnections();

        await Assert.ThrowsAsync<IOException>(async () => await open.GetStream().ReadExactlyAsync(new byte[1]));
        // A client of its own: the other one may take its open connection before it has heard of the reset.
        using var another = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await another.GetStringAsync(Address);
    }

    [Fact]
    public async Task Nothing_moves_in_a_stall_and_everything_after_it()
    {
        Proxy.Faults.Stalled = true;
        var asking = _http.GetStringAsync(Address);
        await Task.Delay(AWhile, TimeProvider.System);
        Assert.Equal((false, 0), (asking.IsCompleted, _asked));

        Proxy.Faults.Stalled = false;

        Assert.Equal(AnswerLength, (await asking).Length);
    }

    [Fact]
    public async Task Of_a_cut_answer_the_caller_gets_the_first_part()
    {
        await _http.GetStringAsync(Address);
        Proxy.Faults.CutAnswersAfter = 500;
        using var response = await _http.GetAsync(Address, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();

        var part = new byte[AnswerLength];
        Assert.InRange(await body.ReadAtLeastAsync(part, 100), 100, 500);
        await Assert.ThrowsAnyAsync<IOException>(async () => await body.ReadExactlyAsync(part));
        Assert.Equal(2, _asked);

        Proxy.Faults.CutAnswersAfter = null;
        Assert.Equal(AnswerLength, (await _http.GetStringAsync(Address)).Length);
    }

    [Fact]
    public async Task Latency_is_added_on_either_way()
    {
        await _http.GetStringAsync(Address);
        Proxy.Faults.Latency = AWhile;
        var start = TimeProvider.System.GetTimestamp();

        await _http.GetStringAsync(Address);

        // A timer may fire a moment early, by the clock that measures.
        Assert.True(TimeProvider.System.GetElapsedTime(start) >= AWhile * 1.9);
    }

    [Fact]
    public async Task A_stall_does_not_hold_up_the_end_and_clearing_lifts_everything()
    {
        (Proxy.Faults.Stalled, Proxy.Faults.Away, Proxy.Faults.CutAnswersAfter) = (true, true, 1);
        Proxy.Faults.Clear();
        await _http.GetStringAsync(Address);

        Proxy.Faults.Stalled = true;
        var asking = _http.GetStringAsync(Address);
        await Proxy.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => asking);
    }
}
