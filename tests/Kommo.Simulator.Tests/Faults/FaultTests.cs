using Kommo.Simulator.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Kommo.Simulator.Tests.Faults;

public sealed class FaultTests
{
    [Theory]
    [InlineData(FaultKind.ServerError, 500, "application/problem+json")]
    [InlineData(FaultKind.GatewayTimeout, 504, "text/html")]
    [InlineData(FaultKind.TooManyRequests, 429, "application/problem+json")]
    [InlineData(FaultKind.HtmlForbidden, 403, "text/html")]
    [InlineData(FaultKind.Forbidden, 403, "application/problem+json")]
    [InlineData(FaultKind.PaymentRequired, 402, "application/problem+json")]
    public async Task A_fault_answers_as_many_requests_as_asked_for_and_does_nothing(FaultKind kind, int status, string type)
    {
        await using TestAccount account = await TestAccount.StartAsync();
        account.Simulator.AddFault(new SimulatorFault(kind, Count: 2, Route: "POST /api/v4/leads"));
        Assert.Equal(204, (await account.GetAsync("/api/v4/leads")).Status);
        for (int request = 0; request < 2; request++)
        {
            Answer answer = await account.PostAsync("/api/v4/leads", "[{}]");
            Assert.Equal((status, type), (answer.Status, answer.ContentType));
        }

        Assert.Empty(account.Simulator.Leads);
        Assert.Equal(200, (await account.PostAsync("/api/v4/leads", "[{}]")).Status);
        Assert.Equal(2, account.Simulator.GetStatistics().Faulted);
    }

    [Fact]
    public async Task A_reset_cuts_the_connection_before_anything_is_done()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        account.Simulator.AddFault(new SimulatorFault(FaultKind.ConnectionReset));
        await Assert.ThrowsAsync<HttpRequestException>(() => account.PostAsync("/api/v4/leads", "[{}]"));
        Assert.Empty(account.Simulator.Leads);
    }

    [Fact]
    public async Task A_lost_answer_leaves_the_work_done()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        account.Simulator.AddFault(new SimulatorFault(FaultKind.AnswerLost, Route: "*/leads"));
        await Assert.ThrowsAsync<HttpRequestException>(() => account.PostAsync("/api/v4/leads", "[{}]"));
        Assert.Single(account.Simulator.Leads);
    }

    [Fact]
    public async Task A_lost_token_answer_leaves_a_pair_that_nobody_has()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        account.Simulator.AddFault(new SimulatorFault(FaultKind.AnswerLost, Route: "/oauth2/access_token"));
        KommoSimulatorOptions options = account.Simulator.Options;
        int before = account.Simulator.Tokens.Count;
        await Assert.ThrowsAsync<HttpRequestException>(() => account.PostAsync("/oauth2/access_token", $$"""
            {"client_id":"{{options.ClientId}}","client_secret":"{{options.ClientSecret}}","redirect_uri":"{{options.RedirectUri}}",
             "grant_type":"refresh_token","refresh_token":"{{account.Simulator.Tokens[0].RefreshToken}}"}
            """));
        Assert.Equal(before + 1, account.Simulator.Tokens.Count);
    }

    [Fact]
    public async Task A_delay_is_served_and_a_stall_is_cut_when_their_time_has_passed()
    {
        FakeTimeProvider time = new();
        await using TestAccount account = await TestAccount.StartAsync(options => options.TimeProvider = time);
        account.Simulator.AddFault(new SimulatorFault(FaultKind.Delay, DelayMilliseconds: 3000));
        Assert.Equal(200, (await UntilDoneAsync(account.PostAsync("/api/v4/leads", "[{}]"), time)).Status);
        Assert.True(time.GetUtcNow() - new FakeTimeProvider().GetUtcNow() >= TimeSpan.FromSeconds(3));
        account.Simulator.AddFault(new SimulatorFault(FaultKind.Stall, DelayMilliseconds: 3000));
        await Assert.ThrowsAsync<HttpRequestException>(() => UntilDoneAsync(account.PostAsync("/api/v4/leads", "[{}]"), time));
        Assert.Single(account.Simulator.Leads);
    }

    [Fact]
    public async Task Only_large_writes_are_struck_when_asked_so()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        account.Simulator.AddFault(new SimulatorFault(FaultKind.GatewayTimeout, ItemsAbove: 2, Count: 100));
        Assert.Equal(504, (await account.PostAsync("/api/v4/leads", "[{},{},{}]")).Status);
        Assert.Equal(200, (await account.PostAsync("/api/v4/leads", "[{},{}]")).Status);
        account.Simulator.ClearFaults();
        Assert.Equal(200, (await account.PostAsync("/api/v4/leads", "[{},{},{}]")).Status);
    }

    private static async Task<Answer> UntilDoneAsync(Task<Answer> request, FakeTimeProvider time)
    {
        while (!request.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(request, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System));
        }

        return await request;
    }
}
