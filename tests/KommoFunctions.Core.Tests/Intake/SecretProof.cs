using System.Text;
using Azure.Security.KeyVault.Secrets;
using Kommo.Simulator;
using KommoFunctions.Chats;
using KommoFunctions.Connecting;
using KommoFunctions.Core.Tests.Connecting;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Intake;
using KommoFunctions.Tokens;

namespace KommoFunctions.Core.Tests.Intake;

/// <summary>One thing that is proven by a secret of the vault, so that a test can ask of all of them what must hold when that secret is replaced.</summary>
/// <param name="Name">What is proven.</param>
/// <param name="Secret">What the vault calls the secret.</param>
/// <param name="Ring">The member that caches it.</param>
/// <param name="By">The type that checks it.</param>
/// <param name="Repeats">Whether the same proof comes again and again, so that its refusal is remembered.</param>
/// <param name="SendAsync">Sends a process a request that is proven under a secret; says 200, 401 or 503.</param>
internal sealed record SecretProof(
    string Name, string Secret, string Ring, Type By, bool Repeats, Func<CoreHost, CoreProcess, string, Task<int>> SendAsync)
{
    private static readonly byte[] ChatBody = "{\"account_id\":\"00000000-0000-4000-8000-000000000a01\"}"u8.ToArray();

    public static readonly IReadOnlyList<SecretProof> All =
    [
        new("hook address", HookKeyRing.CurrentSecret, $"{nameof(HookKeyRing)}._ring", typeof(WebhookIntake), true, (host, process, secret) =>
            StatusAsync(process.Get<WebhookIntake>().ReceiveAsync(
                $"{host.AccountId}", HookToken.Create(Encoding.UTF8.GetBytes(secret), host.AccountId), new MemoryStream([1]), 1, ClientSignature(host)))),
        new("state of connecting", HookKeyRing.CurrentSecret, $"{nameof(HookKeyRing)}._ring", typeof(ConnectEndpoints), true, async (host, process, secret) =>
            await process.Get<ConnectEndpoints>().FinishAsync(new ConnectCallback
            {
                Code = "code",
                Referer = host.Kommo.BaseAddress.Authority,
                State = ConnectState.Create("a browser", TimeProvider.System.GetUtcNow().AddMinutes(5)).Sign(Encoding.UTF8.GetBytes(secret), host.Kommo.Options.ClientId),
            }) switch
            {
                { StatusCode: 503 } => 503,
                // A state that is ours fails at its browser.
                var answer => Browser.Heading(answer) == "This link is not one of ours" ? 401 : 200,
            }),
        new("signature of a hook", IntegrationSecret.Name, $"{nameof(IntegrationKeys)}.{nameof(IntegrationKeys.Client)}", typeof(WebhookIntake), true, async (host, process, secret) =>
            await StatusAsync(process.Get<WebhookIntake>().ReceiveAsync(
                $"{host.AccountId}", HookToken.Create(await HookKeyAsync(host), host.AccountId), new MemoryStream([1]), 1, ClientSignature(host, secret)))),
        new("uninstall hint", IntegrationSecret.Name, $"{nameof(IntegrationKeys)}.{nameof(IntegrationKeys.Client)}", typeof(UninstallIntake), true, (host, process, secret) =>
            StatusAsync(process.Get<UninstallIntake>().ReceiveAsync(host.Kommo.Options.ClientId, $"{host.AccountId}", ClientSignature(host, secret)))),
        new("bot", IntegrationSecret.Name, $"{nameof(IntegrationKeys)}.{nameof(IntegrationKeys.Client)}", typeof(SalesbotIntake), false, (host, process, secret) =>
        {
            var token = Signed.Jwt(Signed.Claims(host.AccountId, TimeProvider.System.GetUtcNow()), secret);
            return StatusAsync(process.Get<SalesbotIntake>().ReceiveAsync(new MemoryStream(Encoding.UTF8.GetBytes($$"""{"token":"{{token}}"}""")), null));
        }),
        new("chat", ChatSecret.Name, $"{nameof(IntegrationKeys)}.{nameof(IntegrationKeys.Channel)}", typeof(ChatIntake), false, (_, process, secret) =>
            StatusAsync(process.Get<ChatIntake>().ReceiveAsync("channel_account", Signed.Chat(ChatBody, secret), new MemoryStream(ChatBody), ChatBody.Length))),
    ];

    public override string ToString() => Name;

    private static async Task<int> StatusAsync(Task<IntakeResult> answer) => (await answer).StatusCode;

    private static string ClientSignature(CoreHost host, string secret = CoreHost.ClientSecret) =>
        Signed.Account(host.Kommo.Options.ClientId, host.AccountId, secret);

    /// <summary>Past the process's cache, and while the vault is away.</summary>
    private static async Task<byte[]> HookKeyAsync(CoreHost host) => await host.Process.Get<HookKeyRing>().GetCurrentAsync(CancellationToken.None);
}
