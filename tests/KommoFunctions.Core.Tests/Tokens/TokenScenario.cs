using KommoFunctions.Accounts;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Tokens;

namespace KommoFunctions.Core.Tests.Tokens;

/// <summary>What the token tests have in common.</summary>
internal static class TokenScenario
{
    public const string TokenRoute = "POST /oauth2/access_token";

    /// <summary>Calls Kommo as a handler does.</summary>
    public static async Task CallAsync(CoreProcess process, CoreHost host)
    {
        var session = await process.Get<AccountSessions>().GetAsync(host.AccountId, CancellationToken.None);
        Assert.Equal(host.AccountId, (await session.Kommo.Account.GetAsync()).Id);
    }

    public static Task<AccountTokens?> ReadAsync(CoreHost host) => host.Process.Get<TokenReader>().ReadAsync(host.AccountId, CancellationToken.None);

    /// <summary>The stored pair works, for calls and for one refresh more.</summary>
    public static async Task AssertConnectedAsync(CoreHost host, CoreProcess process)
    {
        Assert.Equal(AccountState.Active, (await host.ReadAccountAsync())!.State);
        var before = (await ReadAsync(host))!;
        var renewed = await process.Get<TokenRefresher>().RefreshAsync(
            host.AccountId, host.Kommo.BaseAddress, tokens => tokens.AccessToken == before.AccessToken, CancellationToken.None);
        Assert.True(renewed.Generation > before.Generation);
        Assert.Equal(renewed.RefreshToken, (await ReadAsync(host))!.RefreshToken);
        await CallAsync(host.StartProcess(), host);
        Assert.Equal(AccountState.Active, (await host.ReadAccountAsync())!.State);
    }
}
