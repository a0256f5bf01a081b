using System.Net.Sockets;
using System.Threading.RateLimiting;
using Kommo.Http;
using Kommo.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Kommo.Tests.Http;

public sealed class PipelineTests
{
    private static readonly Answer Account = new(200, """{"id":1}""");

    /// <summary>So long that a clock which is moved on for the retries never reaches it.</summary>
    private static readonly TimeSpan Ages = TimeSpan.FromDays(30);

    [Fact]
    public async Task Every_attempt_takes_a_permit_of_its_own()
    {
        await using var server = await KommoServer.StartAsync(new Answer(500), new Answer(503), Account);
        using var limiter = new CountingLimiter();

        await WithMovingClock(time => server.Client(new() { PermitGoodFor = Ages, Limiter = limiter, TimeProvider = time, AttemptTimeout = Ages }).Account.GetAsync());

        Assert.Equal((3, 3), (limiter.Asked, server.Requests.Count));
    }

    [Fact]
    public async Task A_read_is_given_up_after_its_retries()
    {
        await using var server = await KommoServer.StartAsync(new Answer(500));
        using var limiter = new CountingLimiter();

        await Assert.ThrowsAsync<KommoServerException>(() => WithMovingClock(
            time => server.Client(new() { PermitGoodFor = Ages, Limiter = limiter, TimeProvider = time, AttemptTimeout = Ages, Retries = 1 }).Account.GetAsync()));

        Assert.Equal(2, limiter.Asked);
    }

    [Fact]
    public async Task A_read_is_repeated_when_its_answer_was_lost()
    {
        var attempts = 0;
        await using var server = await KommoServer.StartAsync(async (_, context) =>
        {
            if (Interlocked.Increment(ref attempts) == 1)
            {
                // The head of an answer whose body never comes.
                context.Response.ContentLength = 100;
                await context.Response.WriteAsync("{");
                await context.Response.Body.FlushAsync();
                context.Abort();
                return;
            }

            await Account.WriteAsync(context);
        });
        using var limiter = new CountingLimiter();

        var account = await WithMovingClock(
            time => server.Client(new() { PermitGoodFor = Ages, Limiter = limiter, TimeProvider = time, AttemptTimeout = Ages }).Account.GetAsync());

        Assert.Equal((1, 2), (account.Id, limiter.Asked));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(403)]
    [InlineData(504)]
    [InlineData(400)]
    public async Task A_limit_a_block_a_504_and_a_refusal_are_not_repeated(int status)
    {
        await using var server = await KommoServer.StartAsync(Answer.Html(status));
        using var limiter = new CountingLimiter();

        await Assert.ThrowsAnyAsync<KommoException>(() => server.Client(new() { PermitGoodFor = Ages, Limiter = limiter }).Account.GetAsync());

        Assert.Equal(1, limiter.Asked);
    }

    [Fact]
    public async Task A_change_is_repeated_since_twice_is_as_good_as_once()
    {
        await using var server = await KommoServer.StartAsync(new Answer(502, "<html>"), new Answer(200, """{"id":5,"updated_at":1700000000}"""));
        using var limiter = new CountingLimiter();

        var updated = await WithMovingClock(time => server.Client(new() { PermitGoodFor = Ages, Limiter = limiter, TimeProvider = time, AttemptTimeout = Ages })
            .Leads.UpdateAsync(new LeadUpdate { Id = 5, Name = "x" }));

        Assert.Equal((5, 2), (updated.Id, limiter.Asked));
        Assert.Equal("/api/v4/leads/5", server.Requests[1].Path);
    }

    [Fact]
    public async Task A_change_is_not_repeated_by_itself_for_those_who_must_know_of_each()
    {
        await using var server = await KommoServer.StartAsync(new Answer(502, "<html>"));
        using var limiter = new CountingLimiter();

        await Assert.ThrowsAsync<KommoServerException>(() => server.Client(new() { PermitGoodFor = Ages, Limiter = limiter, RepeatChanges = false })
            .Leads.UpdateAsync(new LeadUpdate { Id = 5, Name = "x" }));
        await Assert.ThrowsAsync<KommoServerException>(() => server.Client(new() { PermitGoodFor = Ages, Limiter = limiter })
            .Leads.UpdateInOneRequestAsync([new LeadUpdate { Id = 5, Name = "x" }]));

        Assert.Equal(2, limiter.Asked);
    }

    [Fact]
    public async Task A_creation_that_never_reached_Kommo_is_repeated()
    {
        Uri address;
        await using (var server = await KommoServer.StartAsync(new Answer(200)))
        {
            address = server.Address;
        }

        using var limiter = new CountingLimiter();
        await Assert.ThrowsAsync<KommoConnectionException>(() => WithMovingClock(time => new KommoClient(KommoPipeline.CreateClient(
            address, new() { PermitGoodFor = Ages, Limiter = limiter, TimeProvider = time, AttemptTimeout = Ages }, KommoPipeline.CreateTransport())).Leads.CreateAsync(new NewLead())));

        Assert.Equal(3, limiter.Asked);
    }

    [Fact]
    public async Task A_creation_of_unknown_fate_is_not_repeated()
    {
        await using var server = await KommoServer.StartAsync(new Answer(500));
        using var limiter = new CountingLimiter();

        var error = await Assert.ThrowsAsync<KommoServerException>(() => server.Client(new() { PermitGoodFor = Ages, Limiter = limiter }).Leads.CreateAsync(new NewLead()));

        Assert.Equal((1, RequestFate.Unknown), (limiter.Asked, error.Fate));
    }

    [Fact]
    public async Task A_refused_token_is_replaced_and_even_a_write_repeated_once_with_its_body()
    {
        await using var server = await KommoServer.StartAsync(
            Answer.Problem(401, "{}"), new Answer(200, """{"_embedded":{"leads":[{"id":5,"request_id":"0"}]}}"""));
        using var limiter = new CountingLimiter();
        var tokens = new TokenSource("old", "new");

        var created = await server.Client(new() { PermitGoodFor = Ages, Limiter = limiter, Tokens = tokens }).Leads.CreateAsync(new NewLead());

        Assert.Equal((5, 2), (created.Id, limiter.Asked));
        Assert.Equal(["old"], tokens.Rejected);
        Assert.Equal(["Bearer old", "Bearer new"], server.Requests.Select(request => request.Headers["Authorization"]));
        Assert.Equal(server.Requests[0].Body, server.Requests[1].Body);
    }

    [Fact]
    public async Task A_token_refused_twice_ends_the_call()
    {
        await using var server = await KommoServer.StartAsync(Answer.Problem(401, "{}"));
        using var limiter = new CountingLimiter();

        await Assert.ThrowsAsync<KommoUnauthorizedException>(
            () => server.Client(new() { PermitGoodFor = Ages, Limiter = limiter, Tokens = new TokenSource("a", "b", "c") }).Account.GetAsync());

        Assert.Equal(2, limiter.Asked);
    }

    [Fact]
    public async Task A_refused_token_without_another_one_ends_the_call_at_once()
    {
        await using var server = await KommoServer.StartAsync(Answer.Problem(401, "{}"));
        using var limiter = new CountingLimiter();

        await Assert.ThrowsAsync<KommoUnauthorizedException>(
            () => server.Client(new() { PermitGoodFor = Ages, Limiter = limiter, Tokens = new TokenSource("a") }).Account.GetAsync());

        Assert.Equal(1, limiter.Asked);
    }

    [Fact]
    public async Task Without_a_permit_nothing_is_sent_and_the_wait_is_told()
    {
        await using var server = await KommoServer.StartAsync(Account);
        using var limiter = new CountingLimiter(permits: 0, TimeSpan.FromSeconds(4));

        var error = await Assert.ThrowsAsync<KommoPermitUnavailableException>(() => server.Client(new() { PermitGoodFor = Ages, Limiter = limiter }).Leads.GetAsync(7));

        Assert.Equal((TimeSpan.FromSeconds(4), RequestFate.NotSent, true), (error.RetryAfter, error.Fate, error.IsTransient));
        Assert.Equal("/api/v4/leads/{id}", error.RouteTemplate);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task The_observer_hears_of_limits_and_blocks_and_not_of_missing_rights()
    {
        await using var server = await KommoServer.StartAsync(
            Answer.Problem(429, """{"retry_after":300}"""), Answer.Problem(403, "{}"), Answer.Html(403));
        using var limiter = new CountingLimiter();
        var observer = new Observer();
        var client = server.Client(new() { PermitGoodFor = Ages, Limiter = limiter, Observer = observer });

        await Assert.ThrowsAsync<KommoRateLimitedException>(() => client.Account.GetAsync());
        await Assert.ThrowsAsync<KommoForbiddenException>(() => client.Account.GetAsync());
        await Assert.ThrowsAsync<KommoBlockedException>(() => client.Account.GetAsync());

        Assert.Equal(["429 300", "blocked"], observer.Heard);
    }

    [Fact]
    public async Task An_attempt_that_takes_too_long_ends_with_an_unknown_fate()
    {
        var arrived = new TaskCompletionSource();
        await using var server = await KommoServer.StartAsync(async (_, context) =>
        {
            arrived.SetResult();
            var gone = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
        });
        using var limiter = new CountingLimiter();
        var time = new FakeTimeProvider();
        var call = server.Client(new() { PermitGoodFor = Ages, Limiter = limiter, TimeProvider = time }).Leads.CreateAsync(new NewLead());

        await arrived.Task;
        time.Advance(TimeSpan.FromSeconds(20));

        var error = await Assert.ThrowsAsync<KommoConnectionException>(() => call);
        Assert.Equal((RequestFate.Unknown, true), (error.Fate, error.IsTransient));
    }

    [Theory]
    [InlineData(typeof(SocketException))]
    [InlineData(typeof(IOException))]
    public async Task A_connection_that_breaks_outside_of_the_http_stacks_own_exceptions_leaves_the_fate_open(Type thrown)
    {
        using var limiter = new CountingLimiter();
        using var transport = new BrokenTransport((Exception)Activator.CreateInstance(thrown)!);
        using var http = KommoPipeline.CreateClient(new Uri("http://localhost/"), new() { PermitGoodFor = Ages, Limiter = limiter }, transport);

        var error = await Assert.ThrowsAsync<KommoConnectionException>(() => new KommoClient(http).Leads.CreateAsync(new NewLead()));

        Assert.Equal((true, RequestFate.Unknown), (error.IsTransient, error.Fate));
        Assert.IsType(thrown, error.InnerException);
    }

    [Fact]
    public async Task A_connection_that_takes_too_long_sent_nothing()
    {
        using var limiter = new CountingLimiter();
        using var transport = KommoPipeline.CreateTransport();
        transport.ConnectTimeout = TimeSpan.FromMilliseconds(20);
        transport.ConnectCallback = async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return Stream.Null;
        };
        using var http = KommoPipeline.CreateClient(new Uri("http://localhost/"), new() { PermitGoodFor = Ages, Limiter = limiter, AttemptTimeout = Ages }, transport);

        var error = await Assert.ThrowsAsync<KommoConnectionException>(() => new KommoClient(http).Leads.CreateAsync(new NewLead()));

        Assert.Equal((RequestFate.NotSent, true), (error.Fate, error.IsTransient));
    }

    [Fact]
    public async Task Waiting_for_a_permit_is_not_the_attempt_s_time()
    {
        await using var server = await KommoServer.StartAsync(Account);
        var time = new FakeTimeProvider();
        var limiter = new GateLimiter();
        var call = server.Client(new() { PermitGoodFor = Ages, Limiter = limiter, TimeProvider = time }).Account.GetAsync();

        time.Advance(TimeSpan.FromMinutes(5));
        limiter.Open();

        Assert.Equal(1, (await call).Id);
    }

    [Fact]
    public async Task The_caller_s_cancellation_stays_a_cancellation()
    {
        await using var server = await KommoServer.StartAsync(Account);
        using var cancellation = new CancellationTokenSource();
        var call = server.Client(new() { Limiter = new GateLimiter() }).Account.GetAsync(cancellationToken: cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_request_for_another_host_never_leaves_and_the_token_with_it()
    {
        await using var server = await KommoServer.StartAsync(Account);
        await using var other = await KommoServer.StartAsync(Account);
        using var limiter = new CountingLimiter();
        using var http = KommoPipeline.CreateClient(
            server.Address, new() { PermitGoodFor = Ages, Limiter = limiter, Tokens = new TokenSource("t") }, KommoPipeline.CreateTransport());

        await Assert.ThrowsAsync<InvalidOperationException>(() => http.GetAsync(new Uri(other.Address, "/api/v4/account")));

        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var other = await KommoServer.StartAsync(Account);
        await using var server = await KommoServer.StartAsync(new Answer(302) { Headers = [("Location", other.Address.AbsoluteUri)] });
        using var limiter = new CountingLimiter();

        await Assert.ThrowsAsync<KommoUnexpectedResponseException>(() => server.Client(new() { PermitGoodFor = Ages, Limiter = limiter }).Account.GetAsync());

        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task The_library_names_itself()
    {
        await using var server = await KommoServer.StartAsync(Account);
        using var limiter = new CountingLimiter();

        await server.Client(new() { PermitGoodFor = Ages, Limiter = limiter }).Account.GetAsync();
        await server.BareClient().Account.GetAsync();

        Assert.All(server.Requests, request => Assert.Matches("^KommoFunctions/[0-9.]+ ", request.Headers["User-Agent"]));
    }

    /// <summary>Runs a call whose waits end as soon as they begin: time moves whenever the call is not done.</summary>
    private static async Task<T> WithMovingClock<T>(Func<FakeTimeProvider, Task<T>> start)
    {
        var time = new FakeTimeProvider();
        var call = start(time);
        while (!call.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        return await call;
    }

    private sealed class BrokenTransport(Exception failure) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw failure;
    }

    private sealed class GateLimiter : RateLimiter
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override TimeSpan? IdleDuration => null;

        public void Open() => _open.SetResult();

        public override RateLimiterStatistics? GetStatistics() => null;

        protected override RateLimitLease AttemptAcquireCore(int permitCount) => throw new InvalidOperationException("The pipeline waits.");

        protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
        {
            await _open.Task.WaitAsync(cancellationToken);
            using var limiter = new CountingLimiter();
            return await limiter.AcquireAsync(1, cancellationToken);
        }
    }
}
