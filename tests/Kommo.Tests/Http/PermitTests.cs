using System.Net;
using System.Net.Sockets;
using Kommo.Http;
using Kommo.Tests.Support;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Time.Testing;

namespace Kommo.Tests.Http;

/// <summary>A request leaves with a permit that is good at the moment when its first bytes do, on a connection that is open.</summary>
public sealed class PermitTests : IDisposable
{
    private const int Timeout = 60_000;
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(150);

    private readonly SocketsHttpHandler _transport = KommoPipeline.CreateTransport();

    public void Dispose() => _transport.Dispose();

    [Fact(Timeout = Timeout)]
    public async Task No_second_sees_an_eighth_request_when_connections_take_their_time()
    {
        await using var server = await WarmServerAsync();
        Connecting(Late);
        using var limiter = new AccountRateLimiter();
        var http = Client(server, new() { Limiter = limiter });

        await Task.WhenAll(Enumerable.Range(0, 21).Select(i => i % 2 == 0 ? http.GetAsync($"get{i}") : http.PostAsync($"post{i}", new ByteArrayContent(new byte[20_000]))));

        Assert.Equal(21, server.Requests.Count);
        Assert.InRange(server.BusiestSecond(), 1, 7);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_permit_that_came_before_its_connection_was_open_is_replaced_there()
    {
        await using var server = await WarmServerAsync();
        Connecting(Late);
        var limiter = new ScriptedLimiter { AtOnce = 1 };
        var call = Client(server, new() { Limiter = limiter }).GetAsync("");

        await UntilAsync(() => limiter.Asked == 2);
        await Task.Delay(Late, TimeProvider.System);
        Assert.Empty(server.Requests);
        limiter.Grant();

        Assert.Equal(HttpStatusCode.OK, (await call).StatusCode);
        Assert.Equal((2, 1), (limiter.Asked, server.Requests.Count));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_connection_that_is_open_takes_one_permit()
    {
        await using var server = await WarmServerAsync();
        var limiter = new ScriptedLimiter { AtOnce = 100 };
        var http = Client(server, new() { Limiter = limiter });
        await http.GetAsync("first");
        var before = limiter.Asked;

        for (var i = 0; i < 20; i++)
        {
            await http.PostAsync($"{i}", new ByteArrayContent(new byte[20_000]));
        }

        // A busy machine may let a permit grow old even so.
        Assert.InRange(limiter.Asked - before, 20, 23);
        Assert.Equal(1, server.Connections);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_permit_that_is_refused_at_the_connection_is_told_as_one_that_is_refused_before_it()
    {
        await using var server = await WarmServerAsync();
        Connecting(Late);
        var limiter = new ScriptedLimiter { AtOnce = 1 };
        var client = new KommoClient(Client(server, new() { Limiter = limiter }));
        var call = client.Leads.CreateAsync(new NewLead());
        await UntilAsync(() => limiter.Asked == 2);

        limiter.Refuse(TimeSpan.FromSeconds(9));

        var refused = await Assert.ThrowsAsync<KommoPermitUnavailableException>(() => call);
        Assert.Equal((TimeSpan.FromSeconds(9), RequestFate.NotSent, "/api/v4/leads"), (refused.RetryAfter, refused.Fate, refused.RouteTemplate));
        Assert.Empty(server.Requests);
        limiter.AtOnce = 100;
        await client.Account.GetAsync();
        Assert.Single(server.Requests);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_caller_that_gives_up_at_the_connection_sends_nothing()
    {
        await using var server = await WarmServerAsync();
        Connecting(Late);
        var limiter = new ScriptedLimiter { AtOnce = 1 };
        using var giveUp = new CancellationTokenSource();
        var client = new KommoClient(Client(server, new() { Limiter = limiter }));
        var call = client.Account.GetAsync(cancellationToken: giveUp.Token);
        await UntilAsync(() => limiter.Asked == 2);

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        limiter.AtOnce = 100;
        await client.Account.GetAsync();
        Assert.Single(server.Requests);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_breaks_in_the_limiter_comes_through_as_it_is()
    {
        await using var server = await WarmServerAsync();
        Connecting(Late);
        using var limiter = new BreakingLimiter();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => Client(server, new() { Limiter = limiter, Retries = 0 }).GetAsync(""));

        Assert.Empty(server.Requests);
    }

    [Fact(Timeout = Timeout)]
    public async Task Waiting_at_the_connection_is_not_the_attempt_s_time()
    {
        await using var server = await WarmServerAsync();
        var time = new FakeTimeProvider();
        _transport.ConnectCallback = (context, cancellationToken) =>
        {
            time.Advance(TimeSpan.FromSeconds(4));
            return OpenAsync(context, cancellationToken);
        };
        var limiter = new ScriptedLimiter { AtOnce = 1 };
        var call = Client(server, new() { Limiter = limiter, TimeProvider = time, AttemptTimeout = TimeSpan.FromSeconds(5) }).GetAsync("");
        await UntilAsync(() => limiter.Asked == 2);

        time.Advance(TimeSpan.FromHours(1));
        limiter.Grant();

        Assert.Equal(HttpStatusCode.OK, (await call).StatusCode);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_request_that_is_sent_again_since_its_connection_was_closed_takes_a_permit_again()
    {
        await using var server = new WireServer(request => request is { Connection: 1, Number: 2 } ? null : WireServer.Ok);
        var limiter = new ScriptedLimiter { AtOnce = 100 };
        var http = Client(server, new() { Limiter = limiter, PermitGoodFor = TimeSpan.FromHours(1), Retries = 0 });
        await http.GetAsync("first");

        await http.GetAsync("second");

        Assert.Equal((3, 3, 2), (server.Requests.Count, limiter.Asked, server.Connections));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_request_that_left_and_got_no_permit_to_leave_again_may_have_arrived()
    {
        await using var server = new WireServer(request => request is { Connection: 1, Number: 2 } ? null : WireServer.Ok);
        var limiter = new ScriptedLimiter { AtOnce = 2 };
        var http = Client(server, new() { Limiter = limiter, PermitGoodFor = TimeSpan.FromHours(1), Retries = 0 });
        await http.GetAsync("first");
        var call = http.GetAsync("second");
        await UntilAsync(() => limiter.Asked == 3);

        limiter.Refuse(TimeSpan.FromSeconds(9));

        var lost = await Assert.ThrowsAsync<KommoConnectionException>(() => call);
        Assert.Equal(RequestFate.Unknown, lost.Fate);
        Assert.IsType<KommoPermitUnavailableException>(lost.InnerException);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("HTTP/1.1 413 Too Large\r\nContent-Type: application/problem+json\r\nContent-Length: 2\r\n\r\n{}", false)]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n", true)]
    public async Task An_answer_that_comes_before_the_request_is_written_whole_takes_no_further_permit(string answer, bool expectContinue)
    {
        await using var server = new WireServer(request => request.Head.StartsWith("POST", StringComparison.Ordinal) ? answer : WireServer.Ok);
        var limiter = new ScriptedLimiter { AtOnce = 100 };
        var http = Client(server, new() { Limiter = limiter, PermitGoodFor = TimeSpan.FromHours(1), Retries = 0 });
        using var request = new HttpRequestMessage(HttpMethod.Post, "") { Content = new ByteArrayContent(new byte[1_000_000]) };
        request.Headers.ExpectContinue = expectContinue;

        using var response = await http.SendAsync(request);
        await http.GetAsync("next");

        Assert.Equal(expectContinue ? HttpStatusCode.OK : HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal((2, 2), (server.Requests.Count, limiter.Asked));
    }

    [Fact(Timeout = Timeout)]
    public async Task Clients_that_share_connections_take_permits_of_their_own_limiters()
    {
        await using var server = await WarmServerAsync();
        var (one, other) = (new ScriptedLimiter { AtOnce = 100 }, new ScriptedLimiter { AtOnce = 100 });
        var (first, second) = (Client(server, new() { Limiter = one, PermitGoodFor = Late * 100 }), Client(server, new() { Limiter = other, PermitGoodFor = Late * 100 }));
        using var without = new HttpClient(_transport, disposeHandler: false) { BaseAddress = server.Address };

        await first.GetAsync("");
        await second.GetAsync("");
        await second.GetAsync("");
        await without.GetAsync("");

        Assert.Equal((1, 2, 4, 1), (one.Asked, other.Asked, server.Requests.Count, server.Connections));
    }

    [Fact(Timeout = Timeout)]
    public async Task Who_is_at_an_open_connection_goes_before_those_who_are_not()
    {
        await using var server = await WarmServerAsync();
        Connecting(Late);
        var limiter = new ScriptedLimiter { AtOnce = 1 };
        var http = Client(server, new() { Limiter = limiter });
        var early = http.GetAsync("early");
        var later = http.GetAsync("later");
        await UntilAsync(() => limiter.Asked == 3);

        limiter.Grant(); // the answer to "later", which has no connection yet

        Assert.Equal(HttpStatusCode.OK, (await early).StatusCode);
        await UntilAsync(() => limiter.Asked == 4);
        limiter.Grant();
        Assert.Equal(HttpStatusCode.OK, (await later).StatusCode);
        Assert.StartsWith("GET /early", server.Requests[0].Head, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task No_permit_is_held_while_a_token_is_waited_for()
    {
        await using var server = await WarmServerAsync();
        var limiter = new ScriptedLimiter { AtOnce = 100 };
        var tokens = new SlowTokens();
        var call = Client(server, new() { Limiter = limiter, Tokens = tokens }).GetAsync("");
        await Task.Delay(Late, TimeProvider.System);

        Assert.Equal(0, limiter.Asked);
        tokens.Open.SetResult("token");
        await call;
        Assert.Contains("Bearer token", Assert.Single(server.Requests).Head, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_request_that_cannot_wait_for_a_permit_is_not_sent()
    {
        await using var server = await WarmServerAsync();
        using var limiter = new CountingLimiter();
        using var request = new HttpRequestMessage(HttpMethod.Get, "");

        Assert.Throws<NotSupportedException>(() => Client(server, new() { Limiter = limiter }).Send(request));

        Assert.Empty(server.Requests);
    }

    [Fact(Timeout = Timeout)]
    public async Task Requests_stay_at_http_1_1_where_each_has_a_connection_to_wait_at()
    {
        await using var server = await SecureServer.StartAsync(HttpProtocols.Http1AndHttp2);
        using var limiter = new CountingLimiter();
        _transport.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is { Subject: "CN=localhost" };
        using var http = KommoPipeline.CreateClient(server.Address, new() { Limiter = limiter }, _transport);
        using var request = new HttpRequestMessage(HttpMethod.Get, "") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrHigher };

        using var response = await http.SendAsync(request);

        Assert.Equal("HTTP/1.1", await response.Content.ReadAsStringAsync());
    }

    [Fact(Timeout = Timeout)]
    public async Task Behind_a_proxy_the_request_takes_the_permit_and_not_the_tunnel()
    {
        await using var server = await SecureServer.StartAsync(HttpProtocols.Http1);
        await using var proxy = new TunnelProxy();
        var limiter = new ScriptedLimiter { AtOnce = 100 };
        _transport.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is { Subject: "CN=localhost" };
        _transport.Proxy = new WebProxy(proxy.Address);
        var http = KommoPipeline.CreateClient(
            new Uri($"https://localhost.test:{server.Address.Port}/"), new() { Limiter = limiter, PermitGoodFor = TimeSpan.FromHours(1) }, _transport);

        await http.GetAsync("");
        await http.GetAsync("");

        Assert.Equal((2, 1), (limiter.Asked, proxy.Tunnels));
    }

    private HttpClient Client(WireServer server, KommoPipelineOptions options) => KommoPipeline.CreateClient(server.Address, options, _transport);

    /// <summary>A server, and an HTTP stack, that have done all of this before: what is compiled at its first use would be late.</summary>
    private static async Task<WireServer> WarmServerAsync()
    {
        await using (var other = new WireServer())
        using (var transport = KommoPipeline.CreateTransport())
        using (var limiter = new CountingLimiter())
        {
            var http = KommoPipeline.CreateClient(other.Address, new() { Limiter = limiter }, transport);
            for (var i = 0; i < 20; i++)
            {
                await http.GetAsync("");
                await http.PostAsync("", new ByteArrayContent(new byte[20_000]));
            }
        }

        return new WireServer();
    }

    private void Connecting(TimeSpan time) => _transport.ConnectCallback = async (context, cancellationToken) =>
    {
        await Task.Delay(time, TimeProvider.System, cancellationToken);
        return await OpenAsync(context, cancellationToken);
    };

    private static async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }

    private sealed class SlowTokens : IAccessTokenSource
    {
        public TaskCompletionSource<string> Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ValueTask<string> GetAsync(CancellationToken cancellationToken) => new(Open.Task);

        public ValueTask<bool> RejectedAsync(string token, CancellationToken cancellationToken) => new(false);
    }
}
