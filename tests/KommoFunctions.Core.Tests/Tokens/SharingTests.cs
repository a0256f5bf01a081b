using Kommo.Simulator;
using KommoFunctions.Accounts;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Emulators.KeyVault;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Failures;
using KommoFunctions.Intake;
using KommoFunctions.Messaging;
using KommoFunctions.Tests;
using KommoFunctions.Tokens;

namespace KommoFunctions.Core.Tests.Tokens;

/// <summary>Many at once: who waits, who asks, and what the vault is asked for.</summary>
public sealed class SharingTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(StorageFaultKind.DropResponse)]
    [InlineData(StorageFaultKind.ServerBusy)]
    public async Task Eight_processes_make_one_token_request_while_storage_is_slow_and_fails(StorageFaultKind fault)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.ConnectAsync(life: TimeSpan.Zero);
        var processes = Enumerable.Range(0, 8).Select(_ => host.StartProcess()).ToList();
        host.Proxy.Faults.RequestLatency = new StorageLatency(TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(20));
        host.Proxy.Faults.Add(new StorageFault { Kind = fault, Matches = kind => kind.Service == StorageService.Table, Times = 12, Probability = 0.2 });

        var tokens = await Task.WhenAll(processes.Select(process => PatientlyAsync(() => process.Get<TokenRefresher>().RefreshAsync(
            host.AccountId, host.Kommo.BaseAddress, found => found.Generation == 1, CancellationToken.None))));

        Assert.Equal(1, host.Kommo.GetStatistics().TokenRequests);
        Assert.All(tokens, pair => Assert.Equal(host.Kommo.Tokens[^1].AccessToken, pair.AccessToken));
    }

    [Fact]
    public async Task A_reader_with_a_token_that_works_waits_for_no_refresh()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var halt = new Halt(RotationStep.IntentWritten);
        var refresh = host.StartProcess(services: halt.AsService).Get<TokenRefresher>().RefreshAsync(
            host.AccountId, host.Kommo.BaseAddress, tokens => tokens.Generation == 1, CancellationToken.None);
        await halt.Reached;

        await TokenScenario.CallAsync(host.StartProcess(), host);

        Assert.False(refresh.IsCompleted);
        halt.Release();
        await refresh;
    }

    [Fact]
    public async Task A_reader_with_a_token_that_works_does_not_wait_for_one_that_was_refused_an_older_one()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var session = await host.Process.Get<AccountSessions>().GetAsync(host.AccountId, CancellationToken.None);
        var token = await session.Tokens.GetAsync(CancellationToken.None);
        host.Vault.Available = false;

        var again = await session.Tokens.RejectedAsync("an older one", CancellationToken.None);

        Assert.True(again);
        Assert.Equal(token, await session.Tokens.GetAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_refused_token_costs_one_reading_and_one_refresh_for_all_who_were_refused()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var process = host.StartProcess();
        await TokenScenario.CallAsync(process, host);
        var session = await process.Get<AccountSessions>().GetAsync(host.AccountId, CancellationToken.None);
        var token = await session.Tokens.GetAsync(CancellationToken.None);
        await process.Get<TokenVault>().GetClientSecretAsync(CancellationToken.None);
        var reads = host.Vault.Statistics[KeyVaultOperation.Get];

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => session.Tokens.RejectedAsync(token, CancellationToken.None).AsTask()));

        // One before the lock, one inside it.
        Assert.Equal((1L, reads + 2), ((long)host.Kommo.GetStatistics().TokenRequests, host.Vault.Statistics[KeyVaultOperation.Get]));
    }

    [Fact]
    public async Task A_thousand_calls_and_hooks_ask_the_vault_for_nothing_more()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await TokenScenario.CallAsync(host.Process, host);
        await host.Process.PostHookAsync(Hooks.LeadAdded(1));
        var session = await host.Process.Get<AccountSessions>().GetAsync(host.AccountId, CancellationToken.None);
        var path = (await host.Process.Get<HookSubscriptions>().AddressOfAsync(host.AccountId, CancellationToken.None)).AbsolutePath.Split('/');
        var before = host.Vault.Statistics.Total;

        for (var i = 0; i < 1_000; i++)
        {
            await session.Tokens.GetAsync(CancellationToken.None);
        }

        for (var i = 0; i < 20; i++)
        {
            await session.Kommo.Account.GetAsync();
            Assert.Equal(200, (await host.Process.Get<WebhookIntake>().ReceiveAsync(path[^2], path[^1], new MemoryStream([]), 0)).StatusCode);
        }

        Assert.Equal(before, host.Vault.Statistics.Total);
    }

    [Fact]
    public async Task A_failure_is_shared_for_a_moment()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.ConnectAsync(life: TimeSpan.Zero);
        host.Kommo.AddFault(new SimulatorFault(FaultKind.ServerError, TokenScenario.TokenRoute, Count: 1_000));
        var session = await host.Process.Get<AccountSessions>().GetAsync(host.AccountId, CancellationToken.None);
        await Record.ExceptionAsync(async () => await session.Tokens.GetAsync(CancellationToken.None));
        var before = host.Vault.Statistics.Total;

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Record.ExceptionAsync(async () => await session.Tokens.GetAsync(CancellationToken.None)).AsTask()));

        // None, or one reading when the moment was over meanwhile.
        Assert.InRange(host.Vault.Statistics.Total - before, 0, 1);
    }

    /// <summary>As a message that goes back into its queue.</summary>
    private static async Task<AccountTokens> PatientlyAsync(Func<Task<AccountTokens>> refresh)
    {
        for (var start = TimeProvider.System.GetTimestamp(); ;)
        {
            try
            {
                return await refresh();
            }
            catch (Exception e) when (FailureClassifier.Classify(e).Kind is FailureKind.Waiting or FailureKind.Transient
                && TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(60))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }
}
