using KommoFunctions.Accounts;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Emulators.KeyVault;
using KommoFunctions.Storage;
using KommoFunctions.Tests;
using KommoFunctions.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Core.Tests.Tokens;

/// <summary>The vault goes away between Kommo's answer and the storing of the pair.</summary>
public sealed class VaultAwayTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_pair_that_the_vault_does_not_take_is_used_from_the_second_place_by_all()
    {
        await using var host = await RefreshedWithoutVaultAsync(azurite);
        host.Vault.Available = true;

        await TokenScenario.CallAsync(host.StartProcess(), host);

        Assert.Equal(1, host.Kommo.GetStatistics().TokenRequests);
        Assert.Equal(host.Kommo.Tokens[^1].RefreshToken, (await TokenScenario.ReadAsync(host))!.RefreshToken);
    }

    [Fact]
    public async Task The_second_place_shows_no_token()
    {
        await using var host = await RefreshedWithoutVaultAsync(azurite);

        var row = Assert.Single(await host.ReadTableAsync(TableNames.TokenCopies));

        var text = string.Join(" ", ((IDictionary<string, object>)row).Values.Select(value => value is byte[] bytes ? System.Text.Encoding.Latin1.GetString(bytes) : $"{value}"));
        Assert.DoesNotContain(host.Kommo.Tokens, pair => text.Contains(pair.RefreshToken, StringComparison.Ordinal) || text.Contains(pair.AccessToken, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("the timer")]
    [InlineData("a start")]
    [InlineData("a refresh")]
    public async Task It_moves_into_the_vault_when_that_is_back(string by)
    {
        await using var host = await RefreshedWithoutVaultAsync(azurite);
        host.Vault.Available = true;
        var process = host.StartProcess();

        switch (by)
        {
            case "the timer":
                await process.Get<TokenRefresher>().RefreshDueAsync();
                break;
            case "a start":
                var start = process.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<CopyAdoptionAtStart>().Single();
                await start.StartAsync(CancellationToken.None);
                await start.ExecuteTask!;
                break;
            default:
                await process.Get<TokenRefresher>().RefreshAsync(host.AccountId, host.Kommo.BaseAddress, _ => false, CancellationToken.None);
                break;
        }

        Assert.Equal(host.Kommo.Tokens[^1].RefreshToken, (await process.Get<TokenVault>().ReadAsync(host.AccountId, CancellationToken.None))!.RefreshToken);
        Assert.Empty(await host.ReadTableAsync(TableNames.TokenCopies));
        Assert.Equal(1, host.Kommo.GetStatistics().TokenRequests);
        await TokenScenario.AssertConnectedAsync(host, process);
    }

    [Fact]
    public async Task It_is_readable_after_the_integrations_secret_was_replaced()
    {
        await using var host = await RefreshedWithoutVaultAsync(azurite);
        host.Vault.Available = true;
        await host.Process.Vault.SetSecretAsync($"{IntegrationSecret.Name}-previous", CoreHost.ClientSecret);
        await host.Process.Vault.SetSecretAsync(IntegrationSecret.Name, "another");

        await host.StartProcess().Get<TokenRefresher>().RefreshDueAsync();

        Assert.Equal(host.Kommo.Tokens[^1].RefreshToken, (await host.Process.Get<TokenVault>().ReadAsync(host.AccountId, CancellationToken.None))!.RefreshToken);
    }

    [Fact]
    public async Task The_caller_has_its_answer_although_the_vault_is_away()
    {
        await using var host = await StartAsync(azurite);
        await host.ConnectAsync(life: TimeSpan.Zero);

        await TokenScenario.CallAsync(AwayWhenAnswered(host), host);

        Assert.True(host.Kommo.Tokens[^1].IsUsed);
    }

    private static async Task<CoreHost> RefreshedWithoutVaultAsync(AzuriteFixture azurite)
    {
        var host = await StartAsync(azurite);
        await host.ConnectAsync(life: TimeSpan.Zero);
        await AwayWhenAnswered(host).Get<TokenRefresher>().RefreshDueAsync();
        Assert.Equal(AccountState.Active, (await host.ReadAccountAsync())!.State);
        return host;
    }

    private static Task<CoreHost> StartAsync(AzuriteFixture azurite) => CoreHost.StartAsync(azurite, o =>
    {
        o.Settings["Tokens:VaultPatience"] = "00:00:01";
        o.Kommo = kommo => kommo.RefreshTokenPolicy = Kommo.Simulator.RefreshTokenPolicy.OldDiesAtOnce;
    });

    private static CoreProcess AwayWhenAnswered(CoreHost host) =>
        host.StartProcess(services: services => services.AddSingleton<IRotationSteps>(new GoAway(host.Vault)));

    private sealed class GoAway(KeyVaultEmulator vault) : IRotationSteps
    {
        public ValueTask OverAsync(long accountId, RotationStep step)
        {
            if (step == RotationStep.AnswerReceived)
            {
                vault.Available = false;
            }

            return ValueTask.CompletedTask;
        }
    }
}
