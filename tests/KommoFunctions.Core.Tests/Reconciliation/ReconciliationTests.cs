using Azure.Data.Tables;
using KommoFunctions.Accounts;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Messaging;
using KommoFunctions.Reconciliation;
using KommoFunctions.Storage;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.Reconciliation;

public sealed class ReconciliationTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_lead_whose_hook_never_came_is_handled()
    {
        await using var host = await StartAsync();
        var lead = host.Kommo.CreateLeads(1, "Forgotten", price: 12)[0];

        await ReconcileAsync(host);

        var e = Assert.IsType<global::Kommo.Webhooks.LeadAdded>(Assert.Single(host.Script.Seen).Event);
        Assert.Equal((lead, "Forgotten", 12), (e.EntityId, e.Name, e.Price));
    }

    [Fact]
    public async Task A_hook_that_comes_after_reconciliation_is_a_duplicate()
    {
        await using var host = await StartAsync();
        var lead = host.Kommo.CreateLeads(1)[0];
        await ReconcileAsync(host);

        await host.Process.PostHookAsync(Hooks.LeadAdded(lead));
        await host.Process.SettleAsync();

        Assert.Single(host.Script.Seen);
    }

    [Fact]
    public async Task A_lead_whose_hook_came_is_not_fetched_again()
    {
        await using var host = await StartAsync();
        var lead = host.Kommo.CreateLeads(1)[0];
        await host.Process.PostHookAsync(Hooks.LeadAdded(lead));
        await host.Process.SettleAsync();

        await host.Process.Get<Reconciler>().RunAsync();

        Assert.Equal(0, await host.CountAllAsync());
    }

    [Fact]
    public async Task What_was_found_is_queued_once_although_the_next_run_looks_at_it_again()
    {
        await using var host = await StartAsync();
        host.Kommo.CreateLeads(3);
        await host.Process.Get<Reconciler>().RunAsync();
        await host.TakeAllAsync(QueueNames.Events);

        await host.Process.Get<Reconciler>().RunAsync();

        Assert.Equal(0, await host.CountAsync(QueueNames.Events));
    }

    [Fact]
    public async Task A_run_that_broke_off_is_made_up_for_by_the_next()
    {
        await using var host = await StartAsync();
        host.Kommo.CreateLeads(3);
        using (host.Proxy.Faults.Add(new StorageFault
        {
            Kind = StorageFaultKind.ServerBusy,
            Matches = kind => kind.Service == StorageService.Queue,
        }))
        {
            await host.Process.Get<Reconciler>().RunAsync();
        }

        Assert.NotEmpty(await host.ReadTableAsync(TableNames.Events));
        await ReconcileAsync(host);

        Assert.Equal(3, host.Script.Seen.Count);
    }

    [Fact]
    public async Task Contacts_companies_and_tasks_are_found_where_they_have_handlers()
    {
        await using var host = await StartAsync(b => b.AddHandler<TaskAndContactHandler>());
        var lead = host.Kommo.CreateLeads(1)[0];
        var contact = host.Kommo.CreateContacts(1)[0];
        host.Kommo.CreateCompanies(1);
        var task = host.Kommo.CreateTask(global::Kommo.Simulator.EntityKind.Lead, lead, "Call");

        await ReconcileAsync(host);

        Assert.Equal(
            new[] { ("contacts", contact), ("task", task) },
            host.Script.Seen.Select(s => (s.Event.Entity, s.Event.EntityId!.Value)).OrderBy(s => s.Entity, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nothing_from_before_the_connection_is_fetched()
    {
        await using var host = await StartAsync();
        var old = host.Kommo.CreateLeads(1)[0];
        host.Kommo.UpdateLead(old, lead => lead with { CreatedAt = lead.CreatedAt - 7200 });
        Assert.True(host.Kommo.FindLead(old)!.CreatedAt < (await host.ReadAccountAsync())!.ConnectedAt.ToUnixTimeSeconds());
        await SetReconciledUntilAsync(host, TimeProvider.System.GetUtcNow().AddDays(-1));

        await ReconcileAsync(host);

        Assert.Empty(host.Script.Seen);
    }

    [Fact]
    public async Task What_is_younger_than_the_time_to_settle_is_left_to_its_hook()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Reconciliation:Settle"] = "00:10:00");
        host.Kommo.CreateLeads(1);

        await ReconcileAsync(host);

        Assert.Empty(host.Script.Seen);
    }

    [Fact]
    public async Task A_run_notes_up_to_when_the_account_is_reconciled()
    {
        await using var host = await StartAsync();
        var before = TimeProvider.System.GetUtcNow();

        await host.Process.Get<Reconciler>().RunAsync();

        Assert.True((await host.ReadAccountAsync())!.ReconciledUntil >= before);
    }

    [Fact]
    public async Task An_account_that_fails_does_not_stop_another()
    {
        await using var host = await StartAsync();
        await host.ConnectAsync(accountId: 2);
        await (await host.Process.Vault.StartDeleteSecretAsync("kommo-account-2")).WaitForCompletionAsync();
        host.Kommo.CreateLeads(1);

        await ReconcileAsync(host);

        Assert.Single(host.Script.Seen);
    }

    [Fact]
    public async Task An_account_that_failed_goes_behind_those_that_did_not_and_keeps_its_place_in_time()
    {
        await using var host = await StartAsync();
        await (await host.Process.Vault.StartDeleteSecretAsync($"kommo-account-{host.AccountId}")).WaitForCompletionAsync();
        var before = (await host.ReadAccountAsync())!.ReconciledUntil;

        await ReconcileAsync(host);

        var account = await host.ReadAccountAsync();
        Assert.True(account!.ReconcileFailedAt > before);
        Assert.Equal(before, account.ReconciledUntil);
    }

    [Fact]
    public async Task A_long_time_is_reconciled_in_steps_each_of_which_stays_done()
    {
        await using var host = await StartAsync();
        await SetReconciledUntilAsync(host, TimeProvider.System.GetUtcNow().AddDays(-2.5));
        host.Kommo.CreateLeads(1);
        using var away = host.Proxy.Faults.Add(new StorageFault
        {
            Kind = StorageFaultKind.ServerError,
            Matches = kind => kind is { Service: StorageService.Queue, Method: "POST" },
        });

        await host.Process.Get<Reconciler>().RunAsync();

        var reached = TimeProvider.System.GetUtcNow() - (await host.ReadAccountAsync())!.ReconciledUntil;
        Assert.InRange(reached, TimeSpan.FromHours(11), TimeSpan.FromHours(13));
    }

    /// <summary>Nobody remembers any more which events of that time were handled: to fetch them would have them handled again.</summary>
    [Fact]
    public async Task What_is_further_back_than_events_are_remembered_is_not_fetched()
    {
        var time = new ShiftedTime();
        await using var host = await CoreHost.StartAsync(azurite, o => (o.Time, o.Settings["Reconciliation:Settle"]) = (time, "00:00:00"));
        host.Kommo.CreateLeads(1);

        time.Advance(Reconciler.MaxUnreconciled + TimeSpan.FromDays(1));
        await ReconcileAsync(host);

        Assert.Empty(host.Script.Seen);
        Assert.Contains(host.Process.Logs.GetSnapshot(), log => log.Message.Contains("is not fetched", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Held_accounts_that_cannot_be_looked_after_keep_nobody_from_being_reconciled()
    {
        await using var host = await StartAsync();
        host.Kommo.CreateLeads(1);
        var asked = 0;
        using var away = host.Proxy.Faults.Add(new StorageFault
        {
            Kind = StorageFaultKind.Reset,
            Matches = kind => kind is { Service: StorageService.Table, Method: "GET", Resource: "entities" } && Interlocked.Increment(ref asked) <= 4,
        });

        await ReconcileAsync(host);

        Assert.Single(host.Script.Seen);
    }

    [Fact]
    public async Task An_account_that_needs_authorization_is_skipped()
    {
        await using var host = await StartAsync();
        await host.Process.Get<AccountStore>().SetStateAsync(host.AccountId, AccountState.NeedsAuthorization, CancellationToken.None);
        var before = host.Kommo.GetStatistics().Requests;

        await host.Process.Get<Reconciler>().RunAsync();

        Assert.Equal(before, host.Kommo.GetStatistics().Requests);
    }

    private Task<CoreHost> StartAsync(Action<KommoFunctionsBuilder>? handlers = null) => CoreHost.StartAsync(azurite, o =>
    {
        o.Settings["Reconciliation:Settle"] = "00:00:00";
        o.Handlers = handlers ?? o.Handlers;
    });

    private static async Task ReconcileAsync(CoreHost host)
    {
        await host.Process.Get<Reconciler>().RunAsync();
        await host.Process.SettleAsync();
    }

    private static async Task SetReconciledUntilAsync(CoreHost host, DateTimeOffset until) =>
        await host.Tables.GetTableClient(TableNames.Accounts).UpsertEntityAsync(
            new TableEntity("account", $"{host.AccountId}") { ["ReconciledUntil"] = until }, TableUpdateMode.Merge);
}
