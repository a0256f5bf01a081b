using Kommo.Simulator.Tests.Support;

namespace Kommo.Simulator.Tests.OAuth;

public sealed class UninstallTests
{
    [Fact]
    public async Task Removal_revokes_the_tokens_and_sends_a_signed_get()
    {
        await using TestAccount account = await TestAccount.StartAsync(options => (options.ClientId, options.ClientSecret) = ("client", "secret"));
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        Assert.Equal(200, await account.Simulator.UninstallAsync(receiver.Address));
        ReceivedHook hook = receiver.Hooks.Single();
        // printf 'client|30000001' | openssl dgst -sha256 -hmac secret
        const string Signature = "b8797b0fb17c1d7d7cdc7d966874aae84ce347b4110ae341f07c8167bd2bbd71";
        Assert.Equal(("GET", $"client_uuid=client&account_id=30000001&signature={Signature}"), (hook.Method, hook.Body));
        Assert.Equal("amoService-oAuth-Code-Sender/1.0", hook.Headers["User-Agent"]);
        Assert.Equal(401, (await account.GetAsync("/api/v4/account")).Status);
    }
}
