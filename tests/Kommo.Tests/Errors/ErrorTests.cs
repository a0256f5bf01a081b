using System.Net;
using Kommo.Tests.Support;

namespace Kommo.Tests.Errors;

public sealed class ErrorTests
{
    private const string Secret = "secret";

    public static TheoryData<int, string, Type, KommoErrorCategory, RequestFate> Statuses() => new()
    {
        { 400, "{}", typeof(KommoValidationException), KommoErrorCategory.Rejected, RequestFate.Refused },
        { 401, "{}", typeof(KommoUnauthorizedException), KommoErrorCategory.Unauthorized, RequestFate.Refused },
        { 402, "{}", typeof(KommoPaymentRequiredException), KommoErrorCategory.PaymentRequired, RequestFate.Refused },
        { 403, "{}", typeof(KommoForbiddenException), KommoErrorCategory.Forbidden, RequestFate.Refused },
        { 403, "<html>", typeof(KommoBlockedException), KommoErrorCategory.Blocked, RequestFate.Refused },
        { 403, "", typeof(KommoUnexpectedResponseException), KommoErrorCategory.Transient, RequestFate.Refused },
        { 404, "{}", typeof(KommoNotFoundException), KommoErrorCategory.Rejected, RequestFate.Refused },
        { 405, "{}", typeof(KommoMethodNotAllowedException), KommoErrorCategory.Rejected, RequestFate.Refused },
        { 408, "", typeof(KommoUnexpectedResponseException), KommoErrorCategory.Transient, RequestFate.Unknown },
        { 409, "{}", typeof(KommoUnexpectedResponseException), KommoErrorCategory.Rejected, RequestFate.Refused },
        { 413, "<html>", typeof(KommoUnexpectedResponseException), KommoErrorCategory.Rejected, RequestFate.Refused },
        { 421, "{}", typeof(KommoUnexpectedResponseException), KommoErrorCategory.Transient, RequestFate.Refused },
        { 422, "{}", typeof(KommoValidationException), KommoErrorCategory.Rejected, RequestFate.Refused },
        { 425, "", typeof(KommoUnexpectedResponseException), KommoErrorCategory.Transient, RequestFate.Refused },
        { 429, "{}", typeof(KommoRateLimitedException), KommoErrorCategory.Throttled, RequestFate.Refused },
        { 429, "<html>", typeof(KommoRateLimitedException), KommoErrorCategory.Throttled, RequestFate.Refused },
        { 500, "{}", typeof(KommoServerException), KommoErrorCategory.Transient, RequestFate.Unknown },
        { 502, "<html>", typeof(KommoServerException), KommoErrorCategory.Transient, RequestFate.Unknown },
        { 504, "<html>", typeof(KommoGatewayTimeoutException), KommoErrorCategory.Transient, RequestFate.Unknown },
        { 301, "", typeof(KommoUnexpectedResponseException), KommoErrorCategory.Transient, RequestFate.Refused },
        { 302, "<html>", typeof(KommoUnexpectedResponseException), KommoErrorCategory.Transient, RequestFate.Refused },
        { 200, "<html>", typeof(KommoUnexpectedResponseException), KommoErrorCategory.Transient, RequestFate.Unknown },
        { 200, "[]", typeof(KommoUnexpectedResponseException), KommoErrorCategory.Rejected, RequestFate.Unknown },
        { 400, "<html>", typeof(KommoUnexpectedResponseException), KommoErrorCategory.Transient, RequestFate.Refused },
        { 401, "<html>", typeof(KommoUnexpectedResponseException), KommoErrorCategory.Transient, RequestFate.Refused },
        { 402, "<html>", typeof(KommoUnexpectedResponseException), KommoErrorCategory.Transient, RequestFate.Refused },
        { 404, "<html>", typeof(KommoUnexpectedResponseException), KommoErrorCategory.Transient, RequestFate.Refused },
        { 405, "<html>", typeof(KommoUnexpectedResponseException), KommoErrorCategory.Transient, RequestFate.Refused },
        { 409, "<html>", typeof(KommoUnexpectedResponseException), KommoErrorCategory.Transient, RequestFate.Refused },
        { 422, "<html>", typeof(KommoUnexpectedResponseException), KommoErrorCategory.Transient, RequestFate.Refused },
    };

    [Theory]
    [MemberData(nameof(Statuses), DisableDiscoveryEnumeration = true)]
    public async Task Each_answer_becomes_the_exception_of_its_meaning(int status, string body, Type type, KommoErrorCategory category, RequestFate fate)
    {
        await using var server = await KommoServer.StartAsync(new Answer(status, body, body.StartsWith('<') ? "text/html" : "application/problem+json")
        {
            Headers = [("Location", "/elsewhere"), ("X-Request-Id", "r-1")],
        });

        var error = await Assert.ThrowsAnyAsync<KommoException>(
            () => server.BareClient().Leads.UpdateInOneRequestAsync([new LeadUpdate { Id = 4242, Name = Secret }]));

        Assert.IsType(type, error);
        Assert.Equal("r-1", error.RequestId);
        Assert.Equal((category, fate, HttpMethod.Patch, "/api/v4/leads"), (error.Category, error.Fate, error.Method, error.RouteTemplate));
        Assert.Equal((HttpStatusCode)status, error.StatusCode);
    }

    [Fact]
    public async Task Validation_errors_are_told_per_item()
    {
        await using var server = await KommoServer.StartAsync(Answer.Problem(400, """
            {"validation-errors":[{"request_id":"0","errors":[{"code":"NotSupportedChoice","path":"custom_fields_values.0.field_id","detail":"secret"}]},
                                  {"request_id":2,"errors":[{"code":"Bad code","path":"name","detail":"secret"}]}],
             "title":"Bad Request","type":"https://httpstatus.es/400","status":400,"detail":"Request validation failed"}
            """));

        var error = await Assert.ThrowsAsync<KommoValidationException>(() => server.BareClient().Leads.CreateAsync(new NewLead()));

        Assert.Equal(["0", "2"], error.Items.Select(item => item.RequestId));
        Assert.Equal(new KommoFieldProblem("NotSupportedChoice", "custom_fields_values.0.field_id", Secret), error.Items[0].Errors.Single());
        Assert.Equal(("Bad Request", "Request validation failed"), (error.Problem!.Title, error.Problem.Detail));
        Assert.Equal("POST /api/v4/leads: 400, refused for custom_fields_values.0.field_id (NotSupportedChoice), name (?)", error.Message);
    }

    [Fact]
    public async Task A_message_holds_neither_the_query_nor_the_body_nor_the_id()
    {
        await using var server = await KommoServer.StartAsync(Answer.Problem(404, """{"title":"secret","detail":"secret","hint":"secret"}"""));

        var error = await Assert.ThrowsAsync<KommoNotFoundException>(
            () => server.BareClient().Leads.ListAsync(new LeadQuery { Query = Secret }).ToListAsync().AsTask());

        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(Secret, error.Problem!.Detail);
    }

    [Theory]
    [InlineData("""{"title":"Too many requests","retry_after":300}""", "7", 300)]
    [InlineData("""{"title":"Too many requests"}""", "7", 7)]
    [InlineData("", "7", 7)]
    [InlineData("", null, null)]
    public async Task The_wait_after_429_is_taken_from_the_body_then_from_the_header(string body, string? header, int? seconds)
    {
        await using var server = await KommoServer.StartAsync(Answer.Problem(429, body) with
        {
            Headers = header is null ? [] : [("Retry-After", header)],
        });

        var error = await Assert.ThrowsAsync<KommoRateLimitedException>(() => server.BareClient().Account.GetAsync());

        Assert.Equal(seconds, error.RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task A_500_tells_the_trace_id()
    {
        await using var server = await KommoServer.StartAsync(
            Answer.Problem(500, """{"title":"ErrInternalServer","status":500,"detail":"x","trace_id":"t-1"}"""));

        var error = await Assert.ThrowsAsync<KommoServerException>(() => server.BareClient().Account.GetAsync());

        Assert.Equal("t-1", error.RequestId);
    }

    [Theory]
    [InlineData("{\"title\":\"\\ud800\"}")]
    [InlineData("{\"title\":")]
    [InlineData("{\"validation-errors\":{\"0\":{\"errors\":[1]}}}")]
    public async Task A_broken_problem_body_does_not_hide_the_status(string body)
    {
        await using var server = await KommoServer.StartAsync(Answer.Problem(400, body));

        await Assert.ThrowsAsync<KommoValidationException>(() => server.BareClient().Account.GetAsync());
    }

    [Fact]
    public async Task A_connection_that_was_never_made_sent_nothing()
    {
        Uri address;
        await using (var server = await KommoServer.StartAsync(new Answer(200)))
        {
            address = server.Address;
        }

        using var http = new HttpClient { BaseAddress = address };
        var error = await Assert.ThrowsAsync<KommoConnectionException>(() => new KommoClient(http).Leads.CreateAsync(new NewLead()));

        Assert.Equal((RequestFate.NotSent, true), (error.Fate, error.IsTransient));
    }

    [Fact]
    public async Task A_lost_answer_leaves_the_fate_unknown()
    {
        await using var server = await KommoServer.StartAsync((_, context) =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        var error = await Assert.ThrowsAsync<KommoConnectionException>(() => server.BareClient().Leads.CreateAsync(new NewLead()));

        Assert.Equal((RequestFate.Unknown, true), (error.Fate, error.IsTransient));
    }

    [Theory]
    [InlineData("http://example.kommo.com/")]
    [InlineData("https://example.kommo.com/api/")]
    [InlineData("https://user@example.kommo.com/")]
    public void An_address_that_is_not_an_account_s_host_over_https_is_refused(string address)
    {
        using var http = new HttpClient { BaseAddress = new Uri(address) };

        Assert.Throws<ArgumentException>(() => new KommoClient(http));
    }

    [Fact]
    public void A_client_without_an_address_is_refused()
    {
        using var http = new HttpClient();

        Assert.Throws<ArgumentException>(() => new KommoClient(http));
    }
}
