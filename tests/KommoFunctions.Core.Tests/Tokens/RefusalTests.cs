using Kommo;
using Kommo.OAuth;
using Kommo.Simulator;
using KommoFunctions.Accounts;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Limiting;
using KommoFunctions.Messaging;
using KommoFunctions.Tests;
using KommoFunctions.Tokens;

namespace KommoFunctions.Core.Tests.Tokens;

/// <summary>What Kommo refuses, and what that means for the account.</summary>
public sealed class RefusalTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_refused_account_is_not_asked_for_again()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.ConnectAsync(life: TimeSpan.Zero);
        host.Kommo.RevokeAllTokens();
        await Record.ExceptionAsync(() => TokenScenario.CallAsync(host.Process, host));
        var asked = host.Kommo.GetStatistics().TokenRequests;

        await Assert.ThrowsAsync<NeedsAuthorizationException>(() => RefreshAsync(host.StartProcess(), host));
        await host.StartProcess().Get<TokenRefresher>().RefreshDueAsync();

        Assert.Equal(asked, host.Kommo.GetStatistics().TokenRequests);
    }

    [Fact]
    public async Task A_refusal_is_not_believed_when_a_late_pair_lies_in_the_second_place()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Kommo = k => k.RefreshTokenPolicy = RefreshTokenPolicy.OldDiesAtOnce);
        await host.ConnectAsync(life: TimeSpan.Zero);
        var good = host.Kommo.IssueTokens();
        var tokens = (await TokenScenario.ReadAsync(host))!;
        await host.Process.Get<TokenVault>().StoreAsync(host.AccountId, tokens with { RefreshToken = "unknown to Kommo" }, TimeSpan.FromSeconds(10));
        var left = tokens with { RefreshToken = good.RefreshToken, Fence = 1 };
        await host.Process.Get<TokenCopies>().PutAsync(
            new TokenCopy(host.AccountId, left.Order, TokenSeal.Close(CoreHost.ClientSecret, host.AccountId, left)), CancellationToken.None);

        await TokenScenario.CallAsync(host.Process, host);

        Assert.Equal(good.RefreshToken, host.Kommo.Tokens[^1].ExchangedFor);
        Assert.Equal(AccountState.Active, (await host.ReadAccountAsync())!.State);
    }

    [Fact]
    public async Task A_wrong_secret_of_the_integration_does_not_cost_an_account()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.ConnectAsync(life: TimeSpan.Zero);
        await host.Process.Vault.SetSecretAsync(IntegrationSecret.Name, "not the integration's secret");

        await Assert.ThrowsAsync<KommoIntegrationRejectedException>(() => RefreshAsync(host.StartProcess(), host));

        Assert.Equal(AccountState.RefreshingLate, (await host.ReadAccountAsync())!.State);
    }

    [Fact]
    public async Task A_secret_of_the_integration_that_was_replaced_is_read_again()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.ConnectAsync(life: TimeSpan.Zero);
        var process = host.StartProcess();
        await process.Vault.SetSecretAsync(IntegrationSecret.Name, "the one before");
        await process.Get<TokenVault>().GetClientSecretAsync(CancellationToken.None);
        await process.Vault.SetSecretAsync(IntegrationSecret.Name, CoreHost.ClientSecret);

        await TokenScenario.CallAsync(process, host);

        Assert.Equal(AccountState.Active, (await host.ReadAccountAsync())!.State);
    }

    [Fact]
    public async Task Messages_of_an_account_whose_long_lived_token_is_over_wait()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Retry:HandlerAttempts"] = "2");
        await host.ConnectAsync(longLived: "a-long-lived-token-that-was-revoked");
        host.Script.Do = async (_, context, token) => await context.Kommo.Account.GetAsync(cancellationToken: token);
        await host.Process.PostHookAsync(Hooks.LeadAdded(1));
        await host.Process.PumpAsync(QueueNames.Hooks);

        await host.Process.PumpAsync(QueueNames.Events, 6);

        Assert.Equal(1, await host.CountParkedAsync());
        Assert.Empty(await host.Process.ReadDeadLettersAsync());
        Assert.Equal(AccountState.NeedsAuthorization, (await host.ReadAccountAsync())!.State);
        Assert.Equal(0, host.Kommo.GetStatistics().TokenRequests);
    }

    [Fact]
    public async Task An_account_without_tokens_needs_authorization()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.ConnectAsync(life: TimeSpan.Zero);
        await (await host.Process.Vault.StartDeleteSecretAsync(TokenVault.NameOf(host.AccountId))).WaitForCompletionAsync();

        await Assert.ThrowsAsync<NeedsAuthorizationException>(() => TokenScenario.CallAsync(host.Process, host));

        Assert.Equal(AccountState.NeedsAuthorization, (await host.ReadAccountAsync())!.State);
    }

    [Theory]
    [InlineData(FaultKind.HtmlForbidden, typeof(KommoBlockedException))]
    [InlineData(FaultKind.TooManyRequests, typeof(KommoRateLimitedException))]
    public async Task A_block_or_a_429_at_the_token_endpoint_stops_all_and_costs_no_account(FaultKind fault, Type failure)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.ConnectAsync(life: TimeSpan.FromHours(2));
        host.Kommo.AddFault(new SimulatorFault(fault, TokenScenario.TokenRoute));
        await Assert.ThrowsAsync(failure, () => RefreshAsync(host.Process, host));
        var asked = host.Kommo.GetStatistics().Requests;

        await Assert.ThrowsAnyAsync<Exception>(() => RefreshAsync(host.StartProcess(), host));

        Assert.Equal(asked, host.Kommo.GetStatistics().Requests);
        Assert.Equal(AccountState.Active, (await host.ReadAccountAsync())!.State);
    }

    [Fact]
    public async Task A_token_request_takes_a_permit_and_waits_for_the_end_of_a_pause()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.ConnectAsync(life: TimeSpan.FromHours(2));
        await host.StartProcess().Get<AccountLimiters>().Get(host.Kommo.BaseAddress).RateLimitedAsync(TimeSpan.FromMinutes(5), CancellationToken.None);

        var e = await Assert.ThrowsAsync<KommoPermitUnavailableException>(() => RefreshAsync(host.Process, host));

        Assert.Equal(0, host.Kommo.GetStatistics().Requests);
        Assert.True(e.RetryAfter > TimeSpan.FromMinutes(4));
        Assert.Null((await host.Process.Get<TokenReader>().ReadStateAsync(host.AccountId, CancellationToken.None)).Intent);
        Assert.InRange((await host.ReadAccountAsync())!.RefreshDueAt - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(6));
    }

    private static Task<AccountTokens> RefreshAsync(CoreProcess process, CoreHost host) => process.Get<TokenRefresher>().RefreshAsync(
        host.AccountId, host.Kommo.BaseAddress, tokens => tokens.Generation == 1, CancellationToken.None);
}
