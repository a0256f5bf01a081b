using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Kommo.Simulator.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Kommo.Simulator.Tests.Bots;

public sealed class BotTests
{
    [Fact]
    public async Task A_step_asks_the_widget_with_a_token_signed_by_the_secret()
    {
        await using TestAccount account = await StartAsync();
        await using HookReceiver widget = await HookReceiver.StartAsync();
        long lead = account.Simulator.CreateLeads(1)[0];
        (long step, int status) = await account.Simulator.StartBotStepAsync(widget.Address, EntityKind.Lead, lead, new JsonObject { ["question"] = "When?" });
        JsonNode body = JsonNode.Parse(widget.Hooks.Single().Body)!;
        string[] token = body["token"]!.ToString().Split('.');
        JsonNode claims = JsonNode.Parse(Decode(token[1]))!;
        byte[] signature = HMACSHA512.HashData(Encoding.UTF8.GetBytes(account.Simulator.Options.ClientSecret), Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"));
        Assert.Equal((200, "HS512", "When?"), (status, JsonNode.Parse(Decode(token[0]))!["alg"]!.ToString(), body["data"]!["question"]!.ToString()));
        Assert.Equal(signature, Decode(token[2]));
        Assert.Equal((lead, "lead", 30000001), (claims["entity_id"]!.GetValue<long>(), claims["entity_type"]!.ToString(), claims["account_id"]!.GetValue<int>()));
        Assert.EndsWith($"/api/v4/salesbot/6300001/continue/{step}", body["return_url"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_is_continued_once_by_its_return_address()
    {
        await using TestAccount account = await StartAsync();
        await using HookReceiver widget = await HookReceiver.StartAsync();
        await account.Simulator.StartBotStepAsync(widget.Address, EntityKind.Lead, account.Simulator.CreateLeads(1)[0]);
        string address = JsonNode.Parse(widget.Hooks.Single().Body)!["return_url"]!.ToString();
        const string Next = """{"data":{"status":"ok"},"execute_handlers":[{"handler":"show","params":{"type":"text","value":"Hello"}},{"handler":"goto","params":{"type":"question","step":2}}]}""";
        Answer continued = await account.PostAsync(address, Next);
        Assert.Equal((202, ""), (continued.Status, continued.Text));
        SimulatedBotStep step = account.Simulator.BotSteps.Single();
        Assert.Equal((false, "ok"), (step.IsWaiting, step.Continuation!["data"]!["status"]!.ToString()));
        Assert.Equal(404, (await account.PostAsync(address, Next)).Status);
        account.Token = "nonsense";
        Assert.Equal(401, (await account.PostAsync(address, Next)).Status);
    }

    [Theory]
    [InlineData("""{"handler":"call","params":{}}""", "NotSupportedChoice execute_handlers.0.handler")]
    [InlineData("""{"handler":"show","params":{"type":"picture","value":"x"}}""", "NotSupportedChoice execute_handlers.0.params.type")]
    [InlineData("""{"handler":"show","params":{"type":"text","value":"123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 1"}}""", "TooLong execute_handlers.0.params.value")]
    [InlineData("""{"handler":"goto","params":{}}""", "FieldMissing execute_handlers.0.params.step")]
    public async Task A_bad_handler_is_refused_and_the_step_waits_on(string handler, string error)
    {
        await using TestAccount account = await StartAsync();
        await using HookReceiver widget = await HookReceiver.StartAsync();
        (long step, _) = await account.Simulator.StartBotStepAsync(widget.Address, EntityKind.Lead, account.Simulator.CreateLeads(1)[0]);
        Answer answer = await account.PostAsync($"/api/v4/salesbot/6300001/continue/{step}", $$"""{"execute_handlers":[{{handler}}]}""");
        Assert.Equal((400, error), (answer.Status, answer.Error));
        string eleven = string.Join(',', Enumerable.Repeat("""{"handler":"goto","params":{"step":1}}""", 11));
        Assert.Equal("TooMany execute_handlers", (await account.PostAsync($"/api/v4/salesbot/6300001/continue/{step}", $$"""{"execute_handlers":[{{eleven}}]}""")).Error);
        Assert.True(account.Simulator.BotSteps.Single().IsWaiting);
    }

    [Fact]
    public async Task The_control_routes_start_a_step_and_tell_of_it()
    {
        await using TestAccount account = await StartAsync();
        await using HookReceiver widget = await HookReceiver.StartAsync();
        long lead = account.Simulator.CreateLeads(1)[0];
        Answer started = await account.PostAsync("/_simulator/bots/step", $$"""{"url":"{{widget.Address}}","entity_type":"leads","entity_id":{{lead}},"data":{"a":"b"},"as_form":true}""");
        Assert.Equal((200, 200), (started.Status, started.Json["status"]!.GetValue<int>()));
        Assert.Equal("b", widget.Hooks.Single()["data[a]"]);
        Assert.True((await account.GetAsync("/_simulator/bots/steps")).Json[0]!["is_waiting"]!.GetValue<bool>());
        Assert.Equal(400, (await account.PostAsync("/_simulator/bots/step", $$"""{"url":"{{widget.Address}}","entity_type":"leads","entity_id":1}""")).Status);
    }

    [Fact]
    public async Task Bots_are_run_by_the_old_and_the_new_routes_and_stopped()
    {
        await using TestAccount account = await StartAsync();
        long lead = account.Simulator.CreateLeads(1)[0];
        Assert.Equal(202, (await account.PostAsync("/api/v2/salesbot/run", $$"""[{"bot_id":6300001,"entity_id":{{lead}},"entity_type":2}]""")).Status);
        Assert.Equal(202, (await account.PostAsync("/api/v4/bots/run", $$"""{"bot_id":6300001,"entity_id":{{lead}},"entity_type":"leads"}""")).Status);
        Assert.Equal(202, (await account.PostAsync("/api/v4/bots/6300002/run", $$"""{"entity_id":{{lead}},"entity_type":"leads"}""")).Status);
        Assert.Equal(202, (await account.PostAsync("/api/v4/bots/6300002/stop", $$"""{"entity_id":{{lead}},"entity_type":"leads"}""")).Status);
        Assert.Equal("NotSupportedChoice entity_type", (await account.PostAsync("/api/v4/bots/6300002/stop", $$"""{"entity_id":{{lead}},"entity_type":"contacts"}""")).Error);
        Assert.Equal("NotSupportedChoice bot_id", (await account.PostAsync("/api/v4/bots/1/run", $$"""{"entity_id":{{lead}},"entity_type":"leads"}""")).Error);
        string many = string.Join(',', Enumerable.Repeat($$"""{"bot_id":6300001,"entity_id":{{lead}},"entity_type":2}""", 101));
        Assert.Equal(422, (await account.PostAsync("/api/v2/salesbot/run", $"[{many}]")).Status);
        Assert.Equal(2, (await account.GetAsync("/api/v4/bots")).Embedded("bots").Count);
        Assert.Equal(404, (await account.GetAsync("/api/v4/bots/1")).Status);
    }

    // The widget's two seconds do not pass, however busy the machine is.
    private static Task<TestAccount> StartAsync() =>
        TestAccount.StartAsync(options => options.TimeProvider = new FakeTimeProvider(TimeProvider.System.GetUtcNow()));

    private static byte[] Decode(string text) => Convert.FromBase64String(
        text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '='));
}
