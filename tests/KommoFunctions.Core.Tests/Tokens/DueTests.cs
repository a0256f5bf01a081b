using Kommo.Simulator;
using KommoFunctions.Accounts;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;
using KommoFunctions.Tests;
using KommoFunctions.Tokens;

namespace KommoFunctions.Core.Tests.Tokens;

/// <summary>The timer: what is due, what fails, and what an operator sees of it.</summary>
public sealed class DueTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task What_is_due_is_found_without_looking_at_what_is_not()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var store = host.Process.Get<AccountStore>();
        await Parallel.ForAsync(1, 2_500, async (id, token) => await store.PutAsync(Account(id, Now.AddHours(id)), token));
        await store.PutAsync(Account(7, Now.AddMinutes(-1)), CancellationToken.None);
        var before = host.Proxy.Statistics[StorageService.Table];

        var due = await store.ListDueAsync(TimeProvider.System.GetUtcNow(), CancellationToken.None).ToListAsync();

        Assert.Equal(7, Assert.Single(due).AccountId);
        Assert.Equal(before + 1, host.Proxy.Statistics[StorageService.Table]);
    }

    [Fact]
    public async Task An_account_is_due_once_however_often_its_time_was_written()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var store = host.Process.Get<AccountStore>();
        foreach (var minutes in new[] { 10, 5, 20, 20, 1 })
        {
            await store.SetDueAsync(host.AccountId, Now.AddMinutes(minutes), CancellationToken.None);
        }

        Assert.Equal([new DueRefresh(host.AccountId, Now.AddMinutes(1))], await store.ListDueAsync(AccountStore.Never, CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task An_entry_that_a_crash_has_left_behind_is_put_right()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var account = (await host.ReadAccountAsync())!;
        await host.Process.Get<AccountStore>().EnsureDueAsync(account with { RefreshDueAt = Now.AddHours(-1) }, CancellationToken.None);
        await host.Process.Get<AccountStore>().EnsureDueAsync(Account(99, Now.AddHours(-1)), CancellationToken.None);

        await host.Process.Get<TokenRefresher>().RefreshDueAsync();

        Assert.Equal(
            [new DueRefresh(host.AccountId, account.RefreshDueAt)],
            await host.Process.Get<AccountStore>().ListDueAsync(AccountStore.Never, CancellationToken.None).ToListAsync());
        Assert.Equal(0, host.Kommo.GetStatistics().TokenRequests);
    }

    [Fact]
    public async Task An_account_without_an_entry_gets_one_again()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.ConnectAsync(life: TimeSpan.FromMinutes(10));
        var table = host.Tables.GetTableClient(TableNames.Accounts);
        foreach (var row in (await host.ReadTableAsync(TableNames.Accounts)).Where(row => row.PartitionKey == "due"))
        {
            await table.DeleteEntityAsync(row);
        }

        await host.Process.Get<TokenRefresher>().RefreshDueAsync();

        Assert.Equal(1, host.Kommo.GetStatistics().TokenRequests);
    }

    [Fact]
    public async Task An_account_that_fails_is_left_alone_for_growing_times()
    {
        await using var host = await FailingAsync();
        var (time, waits) = (new ShiftedTime(), new List<TimeSpan>());
        var process = host.StartProcess(time);

        for (var i = 0; i < 12; i++)
        {
            var asked = host.Kommo.GetStatistics().TokenRequests;
            await process.Get<TokenRefresher>().RefreshDueAsync();
            Assert.True(host.Kommo.GetStatistics().TokenRequests > asked);
            asked = host.Kommo.GetStatistics().TokenRequests;
            await process.Get<TokenRefresher>().RefreshDueAsync();
            Assert.Equal(asked, host.Kommo.GetStatistics().TokenRequests);
            waits.Add((await host.ReadAccountAsync())!.RefreshDueAt - time.GetUtcNow());
            time.Advance(waits[^1] + TimeSpan.FromSeconds(1));
        }

        Assert.All(waits.Zip(waits.Skip(1)).Take(6), pair => Assert.True(pair.Second > pair.First * 1.5, $"{pair}"));
        Assert.All(waits, wait => Assert.True(wait <= TimeSpan.FromMinutes(30)));
        Assert.True(waits[^1] > TimeSpan.FromMinutes(20));
    }

    [Fact]
    public async Task A_failure_on_demand_puts_off_all_other_processes_too()
    {
        await using var host = await FailingAsync();
        await Record.ExceptionAsync(() => TokenScenario.CallAsync(host.Process, host));
        var asked = host.Kommo.GetStatistics().TokenRequests;

        var e = await Assert.ThrowsAsync<NotNowException>(() => TokenScenario.CallAsync(host.StartProcess(), host));

        Assert.Equal(asked, host.Kommo.GetStatistics().TokenRequests);
        Assert.InRange(e.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Each_change_of_state_is_one_event_and_says_since_when_and_why()
    {
        await using var host = await FailingAsync(life: TimeSpan.FromMinutes(70));
        var time = new ShiftedTime(TimeSpan.FromMinutes(6));
        var process = host.StartProcess(time);
        for (var i = 0; i < 4; i++)
        {
            await process.Get<TokenRefresher>().RefreshDueAsync();
            time.Advance(TimeSpan.FromMinutes(3));
        }

        var late = (await host.ReadAccountAsync())!;
        host.Kommo.ClearFaults();
        time.Advance(TimeSpan.FromMinutes(40));
        await process.Get<TokenRefresher>().RefreshDueAsync();
        await process.Get<TokenRefresher>().RefreshDueAsync();
        var active = (await host.ReadAccountAsync())!;
        host.Kommo.RevokeAllTokens();
        time.Advance(TimeSpan.FromHours(13));
        await process.Get<TokenRefresher>().RefreshDueAsync();
        await process.Get<TokenRefresher>().RefreshDueAsync();
        var refused = (await host.ReadAccountAsync())!;

        Assert.Equal((AccountState.RefreshingLate, AccountState.Active, AccountState.NeedsAuthorization), (late.State, active.State, refused.State));
        Assert.True(late.StateSince < active.StateSince && active.StateSince < refused.StateSince);
        Assert.Contains("KommoServerException", late.StateReason, StringComparison.Ordinal);
        Assert.Null(active.StateReason);
        Assert.Contains("Token has been revoked", refused.StateReason, StringComparison.Ordinal);
        var events = process.Logs.GetSnapshot().Where(record => record.Category == typeof(AccountStates).FullName).ToList();
        Assert.Equal(["RefreshingLate", "Active", "NeedsAuthorization"], events.Select(record => record.Id.Name));
        Assert.Contains("http://localhost:7071/api/oauth/start", events[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_is_refreshing_late_is_worked_for()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.Get<AccountStates>().IsLateAsync(host.AccountId, "made up", CancellationToken.None);
        await host.Process.PostHookAsync(Hooks.LeadAdded(1));

        await host.Process.SettleAsync();

        Assert.Single(host.Script.Seen);
    }

    [Fact]
    public async Task A_refresh_that_ends_late_does_not_bring_a_removed_account_back()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.Get<AccountStore>().SetUninstalledAsync(host.AccountId, Now, CancellationToken.None);

        await host.Process.Get<AccountStates>().RefreshedAsync(host.AccountId, CancellationToken.None);

        Assert.Equal(AccountState.Uninstalled, (await host.ReadAccountAsync())!.State);
    }

    /// <summary>An account whose refreshes fail at Kommo.</summary>
    private async Task<CoreHost> FailingAsync(TimeSpan life = default)
    {
        var host = await CoreHost.StartAsync(azurite);
        await host.ConnectAsync(life: life);
        await host.Process.Get<AccountStore>().SetDueAsync(host.AccountId, Now.AddMinutes(-1), CancellationToken.None);
        host.Kommo.AddFault(new SimulatorFault(FaultKind.ServerError, TokenScenario.TokenRoute, Count: 1_000));
        return host;
    }

    private static KommoAccount Account(long id, DateTimeOffset due) => new()
    {
        Id = id,
        Address = new Uri("http://127.0.0.1:1/"),
        TokenExpiresAt = due.AddHours(12),
        RefreshDueAt = due,
    };
}
