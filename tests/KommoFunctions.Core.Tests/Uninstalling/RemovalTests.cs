using Azure;
using Kommo;
using Kommo.Simulator;
using KommoFunctions.Accounts;
using KommoFunctions.Connecting;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.DeadLetters;
using KommoFunctions.Emulators.KeyVault;
using KommoFunctions.Failures;
using KommoFunctions.Maintenance;
using KommoFunctions.Outbox;
using KommoFunctions.Tests;
using KommoFunctions.Tokens;

namespace KommoFunctions.Core.Tests.Uninstalling;

/// <summary>What becomes of the work and the tokens of an account that was removed.</summary>
public sealed class RemovalTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task What_comes_in_for_a_removed_account_is_a_dead_letter_and_is_handled_when_replayed_after_it_is_back()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await RemoveAsync(host);
        host.Kommo.ResetStatistics();
        await host.Process.PostHookAsync(Hooks.LeadAdded(1));
        await host.Process.SettleAsync();
        var letter = await host.Process.ReadDeadLetterAsync();
        Assert.Equal((DeadLetterReasons.AccountRemoved, 0L), (letter.Reason, (long)host.Kommo.GetStatistics().Requests));
        Assert.Empty(host.Script.Seen);

        await ConnectAsync(host);
        Assert.True(await host.Process.Get<DeadLetterReplay>().ReplayAsync(letter.AccountId, letter.Id));
        await host.Process.SettleAsync();

        Assert.Single(host.Script.Seen);
        Assert.Empty(await host.Process.ReadDeadLettersAsync());
    }

    [Fact]
    public async Task Commands_that_wait_when_the_account_is_removed_become_dead_letters_and_are_sent_when_replayed_after_it_is_back()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var leads = host.Kommo.CreateLeads(2);
        await host.Process.SendAsync([.. leads.Select(lead => new AddNote(EntityType.Leads, NewNote.Common(lead, "hello")))]);
        await RemoveAsync(host);
        host.Kommo.ResetStatistics();

        await host.Process.SettleAsync();

        var letters = await host.Process.ReadDeadLettersAsync();
        Assert.Equal([DeadLetterReasons.AccountRemoved, DeadLetterReasons.AccountRemoved], letters.Select(letter => letter.Reason));
        Assert.Equal((0L, 0), ((long)host.Kommo.GetStatistics().Requests, host.Kommo.Notes.Count));

        await ConnectAsync(host);
        foreach (var letter in letters)
        {
            Assert.True(await host.Process.Get<DeadLetterReplay>().ReplayAsync(letter.AccountId, letter.Id));
        }

        await host.Process.SettleAsync();
        Assert.Equal(2, host.Kommo.Notes.Count);
        Assert.Empty(await host.Process.ReadDeadLettersAsync());
    }

    [Fact]
    public async Task A_removal_by_an_operator_ends_the_subscription()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await ConnectAsync(host);
        Assert.Single(host.Kommo.Webhooks);

        await RemoveAsync(host);

        Assert.Empty(host.Kommo.Webhooks);
        Assert.Equal(AccountState.Uninstalled, (await host.ReadAccountAsync())!.State);
    }

    [Fact]
    public async Task A_removal_while_kommo_is_away_is_a_removal()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        host.Kommo.AddFault(new SimulatorFault(FaultKind.ServerError, Count: 10));

        await RemoveAsync(host);

        Assert.Equal(AccountState.Uninstalled, (await host.ReadAccountAsync())!.State);
    }

    [Fact]
    public async Task A_second_removal_keeps_the_time_of_the_first()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await RemoveAsync(host);
        var first = (await host.ReadAccountAsync())!.UninstalledAt;

        await RemoveAsync(host);

        Assert.NotNull(first);
        Assert.Equal(first, (await host.ReadAccountAsync())!.UninstalledAt);
    }

    [Fact]
    public async Task Tokens_are_kept_for_the_time_that_is_set()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await RemoveAsync(host);

        await host.Process.Get<Maintainer>().RunAsync();

        Assert.NotNull(await ReadTokensAsync(host));
        Assert.Null((await host.ReadAccountAsync())!.SecretDeletedAt);
    }

    [Fact]
    public async Task After_that_time_the_secret_is_deleted_once()
    {
        await using var host = await DueAsync();

        await host.Process.Get<Maintainer>().RunAsync();
        await host.Process.Get<Maintainer>().RunAsync();

        Assert.Null(await ReadTokensAsync(host));
        Assert.Equal($"kommo-account-{host.AccountId}", (await host.Process.Vault.GetDeletedSecretAsync($"kommo-account-{host.AccountId}")).Value.Name);
        Assert.NotNull((await host.ReadAccountAsync())!.SecretDeletedAt);
        Assert.Equal(1, host.Vault.Statistics[KeyVaultOperation.Delete]);
    }

    [Fact]
    public async Task The_secret_of_an_account_that_is_connected_is_not_deleted()
    {
        await using var host = await DueAsync();
        await ConnectAsync(host);

        await host.Process.Get<Maintainer>().RunAsync();

        Assert.NotNull(await ReadTokensAsync(host));
        Assert.Equal(0, host.Vault.Statistics[KeyVaultOperation.Delete]);
    }

    [Fact]
    public async Task A_vault_that_is_away_keeps_maintenance_from_nothing_else_and_is_tried_again()
    {
        await using var host = await DueAsync();
        host.Vault.FailNext(KeyVaultOperation.Delete, 403);

        await host.Process.Get<Maintainer>().RunAsync();
        Assert.Null((await host.ReadAccountAsync())!.SecretDeletedAt);
        await host.Process.Get<Maintainer>().RunAsync();

        Assert.NotNull((await host.ReadAccountAsync())!.SecretDeletedAt);
    }

    [Fact]
    public async Task A_reconnection_before_the_deletion_goes_on_from_the_secret()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await RemoveAsync(host);

        await ConnectAsync(host);

        Assert.Equal(2, (await ReadTokensAsync(host))!.Generation);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_reconnection_after_the_deletion_recovers_the_secret_first(int transitionSeconds)
    {
        await using var host = await DueAsync(TimeSpan.FromSeconds(transitionSeconds));
        await host.Process.Get<Maintainer>().RunAsync();

        await ConnectAsync(host);

        var account = await host.ReadAccountAsync();
        Assert.Equal((AccountState.Active, null, null), (account!.State, account.UninstalledAt, account.SecretDeletedAt));
        var tokens = await ReadTokensAsync(host);
        Assert.Equal((2L, host.Kommo.Tokens[^1].RefreshToken), (tokens!.Generation, tokens.RefreshToken));
    }

    [Fact]
    public async Task A_reconnection_while_the_vault_is_still_deleting_waits_for_it()
    {
        await using var host = await DueAsync(TimeSpan.FromSeconds(3));
        await host.Process.Vault.StartDeleteSecretAsync($"kommo-account-{host.AccountId}");
        await Assert.ThrowsAsync<RequestFailedException>(() => host.Process.Vault.GetDeletedSecretAsync($"kommo-account-{host.AccountId}"));

        await ConnectAsync(host);

        Assert.Equal(host.Kommo.Tokens[^1].RefreshToken, (await ReadTokensAsync(host))!.RefreshToken);
    }

    private static Task<HttpAnswer> RemoveAsync(CoreHost host) => host.Process.Get<AccountEndpoints>().RemoveAsync(host.AccountId);

    private static async Task<KommoAccount> ConnectAsync(CoreHost host) =>
        (await host.Process.Get<AccountConnector>().ConnectAsync(host.Kommo.BaseAddress, host.Kommo.Authorize().Code)).Account;

    private static Task<AccountTokens?> ReadTokensAsync(CoreHost host) =>
        host.Process.Get<TokenVault>().ReadAsync(host.AccountId, CancellationToken.None);

    /// <summary>An account that was removed longer ago than tokens are kept.</summary>
    private async Task<CoreHost> DueAsync(TimeSpan transition = default)
    {
        var host = await CoreHost.StartAsync(azurite, o => o.VaultTransition = transition);
        await host.Process.Get<AccountStore>().SetUninstalledAsync(
            host.AccountId, TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(8), CancellationToken.None);
        return host;
    }
}
