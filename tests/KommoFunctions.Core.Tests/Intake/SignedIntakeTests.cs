using System.Text;
using KommoFunctions.Chats;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Intake;
using KommoFunctions.Messaging;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.Intake;

/// <summary>What is signed is let in, and what is not costs no storage request.</summary>
public sealed class SignedIntakeTests(AzuriteFixture azurite)
{
    private static readonly byte[] ChatBody = Encoding.UTF8.GetBytes("{\"account_id\":\"00000000-0000-4000-8000-000000000a01\",\"time\":1700000000}");

    [Theory]
    [InlineData("salesbot")]
    [InlineData("salesbot in a form")]
    [InlineData("chat")]
    [InlineData("uninstall")]
    [InlineData("signed hook")]
    public async Task What_kommo_signed_is_in_the_queue_after_one_storage_request(string kind)
    {
        await using var host = await StartAsync();
        await SendAsync(host, kind);
        await host.TakeAllAsync(QueueNames.Hooks);
        var before = host.Proxy.Statistics.Total;

        var answer = await SendAsync(host, kind);

        Assert.Equal((200, before + 1), (answer.StatusCode, host.Proxy.Statistics.Total));
        Assert.Single(await host.TakeAllAsync(QueueNames.Hooks));
    }

    [Theory]
    [InlineData("salesbot", "another secret")]
    [InlineData("salesbot in a form", "another secret")]
    [InlineData("chat", "another secret")]
    [InlineData("uninstall", "another secret")]
    [InlineData("signed hook", "another secret")]
    [InlineData("salesbot", null)]
    [InlineData("chat", null)]
    [InlineData("uninstall", null)]
    [InlineData("signed hook", null)]
    public async Task What_is_signed_wrongly_or_not_at_all_is_refused_without_asking_storage(string kind, string? secret)
    {
        await using var host = await StartAsync();
        await SendAsync(host, kind);
        await host.TakeAllAsync(QueueNames.Hooks);
        var before = host.Proxy.Statistics.Total;

        var answer = await SendAsync(host, kind, secret, signed: secret is not null);

        Assert.Equal(IntakeResult.Unauthorized, answer);
        Assert.Equal(before, host.Proxy.Statistics.Total);
        Assert.Equal(0, await host.CountAsync(QueueNames.Hooks));
    }

    [Fact]
    public async Task The_secret_before_this_one_is_accepted_while_it_is_replaced()
    {
        await using var host = await StartAsync();
        await host.Process.Vault.SetSecretAsync(SecretRing.PreviousOf(ChatSecret.Name), "the one before");

        Assert.Equal(200, (await SendAsync(host, "chat", "the one before")).StatusCode);
        Assert.Equal(200, (await SendAsync(host, "chat")).StatusCode);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("")]
    public async Task A_chats_scope_is_a_name(string scope)
    {
        await using var host = await StartAsync();

        var answer = await host.Process.Get<ChatIntake>().ReceiveAsync(scope, Signed.Chat(ChatBody), new MemoryStream(ChatBody), null);

        Assert.Equal(401, answer.StatusCode);
    }

    [Fact]
    public async Task An_uninstall_hint_for_another_integration_is_refused()
    {
        await using var host = await StartAsync();
        const string other = "00000000-0000-4000-8000-00000000ffff";

        var answer = await host.Process.Get<UninstallIntake>().ReceiveAsync(other, $"{host.AccountId}", Signed.Account(other, host.AccountId));

        Assert.Equal(401, answer.StatusCode);
    }

    [Fact]
    public async Task A_hook_needs_no_signature_unless_that_is_asked_for()
    {
        await using var host = await CoreHost.StartAsync(azurite);

        Assert.Equal(200, (await host.Process.PostHookAsync(Hooks.LeadAdded(1))).StatusCode);
    }

    private async Task<CoreHost> StartAsync()
    {
        var host = await CoreHost.StartAsync(azurite, o => o.Settings["Intake:RequireSignature"] = "true");
        await host.Process.Vault.SetSecretAsync(ChatSecret.Name, Signed.ChannelSecret);
        return host;
    }

    private static async Task<IntakeResult> SendAsync(CoreHost host, string kind, string? secret = null, bool signed = true)
    {
        var client = secret ?? CoreHost.ClientSecret;
        var account = signed ? Signed.Account(host.Kommo.Options.ClientId, host.AccountId, client) : null;
        var token = signed ? Signed.Jwt(Signed.Claims(host.AccountId, TimeProvider.System.GetUtcNow()), client) : string.Empty;
        switch (kind)
        {
            case "salesbot":
                return await ReceiveAsync($$"""{"token":"{{token}}","data":{"x":1},"return_url":"https://example.kommo.com/api/v4/salesbot/1/continue/2"}""");
            case "salesbot in a form":
                return await ReceiveAsync($"token={token}&data%5Bx%5D=1&return_url=https%3A%2F%2Fexample.kommo.com%2Fapi%2Fv4%2Fsalesbot%2F1%2Fcontinue%2F2");
            case "chat":
                var signature = signed ? Signed.Chat(ChatBody, secret ?? Signed.ChannelSecret) : null;
                return await host.Process.Get<ChatIntake>().ReceiveAsync("channel_account", signature, new MemoryStream(ChatBody), ChatBody.Length);
            case "uninstall":
                return await host.Process.Get<UninstallIntake>().ReceiveAsync(host.Kommo.Options.ClientId, $"{host.AccountId}", account);
            default:
                var address = await host.Process.Get<HookKeyRing>().GetOrCreateCurrentAsync(CancellationToken.None);
                var before = HookToken.Create(address, host.AccountId);
                return await host.Process.Get<WebhookIntake>().ReceiveAsync($"{host.AccountId}", before, new MemoryStream([1]), 1, account);
        }

        Task<IntakeResult> ReceiveAsync(string body) =>
            host.Process.Get<SalesbotIntake>().ReceiveAsync(new MemoryStream(Encoding.UTF8.GetBytes(body)), null);
    }
}
