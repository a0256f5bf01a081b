using System.Security.Cryptography;
using System.Text;
using KommoFunctions.Chats;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Failures;
using KommoFunctions.Handling;
using KommoFunctions.Intake;
using KommoFunctions.Messaging;
using KommoFunctions.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Core.Tests.Chats;

public sealed class ChatTests(AzuriteFixture azurite)
{
    private const string Scope = "f90ba33d-c9d9-44da-b76c-c349b0ecbe41_00000000-0000-4000-8000-000000000a01";

    private const string Message =
        """
        {"account_id":"00000000-0000-4000-8000-000000000A01","time":1700000001,"message":{
        "receiver":{"id":"r1","phone":"+4915112345","email":"kim@example.com","client_id":"c1"},"sender":{"id":"s1","name":"Robin"},
        "conversation":{"id":"k1","client_id":"c2"},"source":{"external_id":"shop"},"timestamp":1700000000,"msec_timestamp":1700000000123,
        "message":{"id":"m1","type":"text","text":"Hello","markup":null,"file_size":0,"new_field":[1]}}}
        """;

    [Fact]
    public async Task A_message_reaches_its_handler_with_its_account_and_scope()
    {
        await using var host = await StartAsync();

        await PostAsync(host, Message);
        await host.Process.SettleAsync();

        var (hook, account) = Assert.Single(host.Process.Get<ChatLog>().Hooks);
        Assert.Equal((host.AccountId, Scope), (account, hook.ScopeId));
        Assert.Equal(("Hello", "c2", "Robin", "shop", 1_700_000_000_123L), (
            hook.Message!.Message!.Text,
            hook.Message.Conversation!.ClientId,
            hook.Message.Sender!.Name,
            hook.Message.Source!.ExternalId,
            hook.Message.MsecTimestamp));
        Assert.True(hook.Message.Message.AdditionalFields!.ContainsKey("new_field"));
    }

    [Fact]
    public async Task An_action_keeps_its_shape()
    {
        await using var host = await StartAsync();

        await PostAsync(host, """{"account_id":"00000000-0000-4000-8000-000000000a01","action":{"typing":{"user":{"id":"s1"}}}}""");
        await host.Process.SettleAsync();

        var (hook, _) = Assert.Single(host.Process.Get<ChatLog>().Hooks);
        Assert.Equal("s1", hook.Action!.Value.GetProperty("typing").GetProperty("user").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Kommo_is_asked_once_whose_chat_it_is()
    {
        await using var host = await StartAsync();
        await PostAsync(host, Message);
        await host.Process.SettleAsync();
        var other = host.StartProcess();

        await PostAsync(host, Message.Replace("m1", "m2", StringComparison.Ordinal));
        await other.SettleAsync();

        Assert.Equal(1, host.Kommo.GetStatistics().RequestsByRoute["GET /api/v4/account"]);
        Assert.Equal("00000000-0000-4000-8000-000000000a01", (await host.ReadAccountAsync())!.AmojoId);
        Assert.Single(other.Get<ChatLog>().Hooks);
    }

    [Fact]
    public async Task A_hook_that_is_sent_again_is_handled_once()
    {
        await using var host = await StartAsync();
        await PostAsync(host, Message);
        await PostAsync(host, Message);

        await host.Process.SettleAsync();

        Assert.Single(host.Process.Get<ChatLog>().Hooks);
    }

    [Fact]
    public async Task A_large_hook_comes_whole()
    {
        await using var host = await StartAsync();
        var text = Convert.ToHexString(RandomNumberGenerator.GetBytes(100_000));

        await PostAsync(host, Message.Replace("Hello", text, StringComparison.Ordinal));
        await host.Process.SettleAsync();

        Assert.Equal(text, Assert.Single(host.Process.Get<ChatLog>().Hooks).Hook.Message!.Message!.Text);
    }

    [Theory]
    [InlineData("""{"account_id":"00000000-0000-4000-8000-00000000ffff"}""", DeadLetterReasons.UnknownAccount)]
    [InlineData("""{"time":1}""", DeadLetterReasons.NotAHook)]
    [InlineData("hello", DeadLetterReasons.NotAHook)]
    [InlineData("null", DeadLetterReasons.NotAHook)]
    public async Task A_signed_body_that_cannot_be_handled_is_a_dead_letter(string body, string reason)
    {
        await using var host = await StartAsync();

        await PostAsync(host, body);
        await host.Process.SettleAsync();

        Assert.Equal(reason, (await host.Process.ReadDeadLetterAsync()).Reason);
    }

    private static async Task PostAsync(CoreHost host, string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        var answer = await host.Process.Get<ChatIntake>().ReceiveAsync(Scope, Signed.Chat(body), new MemoryStream(body), body.Length);
        Assert.Equal(200, answer.StatusCode);
    }

    private async Task<CoreHost> StartAsync()
    {
        var host = await CoreHost.StartAsync(azurite, o => o.Handlers = b =>
        {
            b.Services.AddSingleton<ChatLog>();
            b.AddChatHandler<ChatHandler>();
        });
        await host.Process.Vault.SetSecretAsync(ChatSecret.Name, Signed.ChannelSecret);
        return host;
    }

    private sealed class ChatLog
    {
        public List<(ChatHook Hook, long Account)> Hooks { get; } = [];
    }

    private sealed class ChatHandler(ChatLog log) : IChatHandler
    {
        public Task HandleAsync(ChatHook hook, EventContext context, CancellationToken cancellationToken)
        {
            log.Hooks.Add((hook, context.AccountId));
            return Task.CompletedTask;
        }
    }
}
