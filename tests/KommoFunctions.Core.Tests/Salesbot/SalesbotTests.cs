using System.Text;
using System.Text.Json;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Failures;
using KommoFunctions.Handling;
using KommoFunctions.Intake;
using KommoFunctions.Messaging;
using KommoFunctions.Salesbot;
using KommoFunctions.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Core.Tests.Salesbot;

public sealed class SalesbotTests(AzuriteFixture azurite)
{
    private const string ReturnUrl = "https://example.kommo.com/api/v4/salesbot/321/continue/654";

    [Fact]
    public async Task A_request_reaches_its_handler_with_what_the_bot_sent_and_what_its_token_says()
    {
        await using var host = await StartAsync();

        await PostAsync(host, """{"data":{"question":"When?"},""");
        await host.Process.SettleAsync();

        var request = Assert.Single(host.Process.Get<BotLog>().Requests);
        Assert.Equal((host.AccountId, "leads", 77L), (request.AccountId, request.EntityType?.Name, request.EntityId));
        Assert.Equal(("When?", ReturnUrl), (request.Data.GetProperty("question").GetString(), request.ReturnUrl.AbsoluteUri));
    }

    [Fact]
    public async Task A_request_in_a_form_reaches_its_handler_as_one_in_json_does()
    {
        await using var host = await StartAsync();
        var body = $"data%5Bcontact%5D%5Bname%5D=J%C3%BCrgen&token={Token(host)}&return_url={Uri.EscapeDataString(ReturnUrl)}";

        await host.Process.Get<SalesbotIntake>().ReceiveAsync(new MemoryStream(Encoding.UTF8.GetBytes(body)), null);
        await host.Process.SettleAsync();

        var request = Assert.Single(host.Process.Get<BotLog>().Requests);
        Assert.Equal("Jürgen", request.Data.GetProperty("contact").GetProperty("name").GetString());
        Assert.Equal(ReturnUrl, request.ReturnUrl.AbsoluteUri);
    }

    [Fact]
    public async Task A_request_that_comes_again_is_handled_once_even_with_a_new_token()
    {
        await using var host = await StartAsync();
        await PostAsync(host, """{"data":1,""");
        await host.Process.SettleAsync();

        await PostAsync(host, """{"data":2,""", lifeSeconds: 1801);
        await host.Process.SettleAsync();

        Assert.Single(host.Process.Get<BotLog>().Requests);
    }

    [Fact]
    public async Task A_request_with_nobody_behind_it_is_a_dead_letter_that_says_so()
    {
        await using var host = await CoreHost.StartAsync(azurite);

        await PostAsync(host, """{"data":1,""");
        await host.Process.SettleAsync();

        Assert.Equal(DeadLetterReasons.NoHandler, (await host.Process.ReadDeadLetterAsync()).Reason);
    }

    [Fact]
    public async Task A_signed_body_without_a_return_address_is_a_dead_letter()
    {
        await using var host = await StartAsync();
        var body = $$"""{"token":"{{Token(host)}}"}""";

        var answer = await host.Process.Get<SalesbotIntake>().ReceiveAsync(new MemoryStream(Encoding.UTF8.GetBytes(body)), null);
        await host.Process.SettleAsync();

        Assert.Equal((200, DeadLetterReasons.NotAHook), (answer.StatusCode, (await host.Process.ReadDeadLetterAsync()).Reason));
    }

    [Fact]
    public async Task A_handler_continues_the_bot_at_its_account()
    {
        await using var host = await StartAsync();
        bool? waited = null;
        host.Process.Get<BotLog>().Do = async (request, context, token) => waited = await context.Kommo.Salesbot.ContinueAsync(request.ReturnUrl, cancellationToken: token);

        await PostAsync(host, """{"data":1,""");
        await host.Process.SettleAsync();

        Assert.False(waited);
        Assert.Empty(await host.Process.ReadDeadLettersAsync());
    }

    private static string Token(CoreHost host, int lifeSeconds = 1800) =>
        Signed.Jwt(Signed.Claims(host.AccountId, TimeProvider.System.GetUtcNow(), lifeSeconds));

    private static async Task PostAsync(CoreHost host, string start, int lifeSeconds = 1800)
    {
        var body = Encoding.UTF8.GetBytes($"{start}\"token\":\"{Token(host, lifeSeconds)}\",\"return_url\":\"{ReturnUrl}\"}}");
        Assert.Equal(200, (await host.Process.Get<SalesbotIntake>().ReceiveAsync(new MemoryStream(body), body.Length)).StatusCode);
    }

    private Task<CoreHost> StartAsync() => CoreHost.StartAsync(azurite, o => o.Handlers = b =>
    {
        b.Services.AddSingleton<BotLog>();
        b.AddSalesbotHandler<BotHandler>();
    });

    private sealed class BotLog
    {
        public List<SalesbotRequest> Requests { get; } = [];

        public Func<SalesbotRequest, EventContext, CancellationToken, Task> Do { get; set; } = (_, _, _) => Task.CompletedTask;
    }

    private sealed class BotHandler(BotLog log) : ISalesbotHandler
    {
        public Task HandleAsync(SalesbotRequest request, EventContext context, CancellationToken cancellationToken)
        {
            log.Requests.Add(request);
            return log.Do(request, context, cancellationToken);
        }
    }
}
