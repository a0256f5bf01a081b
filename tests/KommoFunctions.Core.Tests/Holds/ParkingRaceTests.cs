using Kommo.Simulator;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Holds;
using KommoFunctions.Messaging;
using KommoFunctions.Reconciliation;
using KommoFunctions.Storage;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.Holds;

/// <summary>While one process puts an account's messages back, another that still believes the account suspended parks them again.</summary>
public sealed class ParkingRaceTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_message_that_is_parked_again_while_it_is_put_back_stays()
    {
        await using var host = await StartAsync(azurite);
        var (other, bell) = await SuspendForBothAsync(host);

        // One process releases; storage is slow with its removals from the table of what is parked.
        var stall = host.Proxy.Faults.Add(new StorageFault { Kind = StorageFaultKind.Stall, Matches = IsRemoval });
        var release = host.Process.ProcessAsync(QueueNames.Dispatch, bell);
        await Eventually.HoldsAsync(async () => await host.CountAsync(QueueNames.Events) == 2);
        await other.PumpAsync(QueueNames.Events, 2);
        stall.Dispose();
        await release;

        await FinishAsync(host);
        Assert.Equal(2, await CountHandledAsync(host));
    }

    [Fact]
    public async Task A_message_that_is_parked_and_whose_process_ends_is_found_without_a_suspension()
    {
        await using var host = await StartAsync(azurite);
        await SuspendForBothAsync(host);
        var store = host.Process.Get<HoldStore>();
        Assert.True(await store.TryRemoveAsync((await store.GetAsync(host.AccountId, CancellationToken.None))!, CancellationToken.None));

        await host.StartProcess().Get<Reconciler>().RunAsync();

        await FinishAsync(host);
        Assert.Equal(2, await CountHandledAsync(host));
    }

    [Fact]
    public async Task A_message_of_a_later_version_does_not_keep_its_account_suspended()
    {
        await using var host = await StartAsync(azurite);
        var (_, bell) = await SuspendForBothAsync(host);
        var table = host.Tables.GetTableClient(TableNames.Holds);
        var row = (await host.ReadTableAsync(TableNames.Holds)).First(row => row.PartitionKey == $"{host.AccountId}");
        row["Message"] = BinaryData.FromString("""{"version":9,"id":"x","accountId":1,"receivedAt":"2026-01-01T00:00:00Z","content":{"encoding":"Text","value":""}}""").ToArray();
        await table.UpdateEntityAsync(row, row.ETag, Azure.Data.Tables.TableUpdateMode.Replace);

        await host.Process.ProcessAsync(QueueNames.Dispatch, bell);

        await FinishAsync(host);
        Assert.Null(await host.Process.Get<HoldStore>().GetAsync(host.AccountId, CancellationToken.None));
        Assert.Equal(1, await CountHandledAsync(host));
        Assert.Contains("layout 9", (await host.Process.ReadDeadLetterAsync()).LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suspension_whose_insert_lost_its_answer_is_probed()
    {
        await using var host = await StartAsync(azurite, o => o.Settings["Hold:LookEvery"] = "00:00:00.100");
        host.Kommo.AddFault(new SimulatorFault(FaultKind.ServerError, "*", Count: 1_000_000));
        host.Script.Do = (_, context, token) => context.Kommo.Account.GetAsync(cancellationToken: token);
        await PostLeadsAsync(host, 1);
        await host.Process.PumpAsync(QueueNames.Hooks);

        host.Proxy.Faults.FailNext(StorageFaultKind.DropResponse, kind => kind.Service == StorageService.Table && kind.Method == "POST");
        await host.Process.PumpAsync(QueueNames.Events, 1);

        Assert.Equal(1, await host.CountAsync(QueueNames.Dispatch));
        host.Kommo.ClearFaults();
        await host.Process.SettleAsync();
        Assert.Equal(1, await CountHandledAsync(host));
    }

    private static bool IsRemoval(StorageRequestKind kind) =>
        kind.Service == StorageService.Table && kind.Method == "DELETE" && kind.Resource == "entity";

    private static Task<CoreHost> StartAsync(AzuriteFixture azurite, Action<CoreHostOptions>? configure = null) => CoreHost.StartAsync(azurite, o =>
    {
        o.Settings["Hold:AwayAfter"] = "1";
        o.Settings["Hold:LookEvery"] = "01:00:00";
        configure?.Invoke(o);
    });

    /// <summary>Two processes learn of the suspension by a message each; Kommo is back after that.</summary>
    private static async Task<(CoreProcess Other, BinaryData Bell)> SuspendForBothAsync(CoreHost host)
    {
        host.Kommo.AddFault(new SimulatorFault(FaultKind.ServerError, "*", Count: 1_000_000));
        var other = host.StartProcess();
        other.Script.Do = host.Script.Do = (_, context, token) => context.Kommo.Account.GetAsync(cancellationToken: token);
        await PostLeadsAsync(host, 2);
        await host.Process.PumpAsync(QueueNames.Hooks);
        await host.Process.PumpAsync(QueueNames.Events, 1);
        await other.PumpAsync(QueueNames.Events, 1);
        Assert.Equal(2, await host.CountParkedAsync());
        await host.Process.Get<HoldBell>().RingNowAsync(host.AccountId, CancellationToken.None);
        var bell = await host.TakeOneAsync(QueueNames.Dispatch);
        host.Kommo.ClearFaults();
        return (other, bell);
    }

    private static async Task FinishAsync(CoreHost host)
    {
        await host.Process.PumpAsync(QueueNames.Dispatch);
        await host.Process.PumpAsync(QueueNames.Events);
        if (await host.CountParkedAsync() > 0)
        {
            await host.StartProcess().Get<Reconciler>().RunAsync();
            await host.Process.PumpAsync(QueueNames.Dispatch);
            await host.Process.PumpAsync(QueueNames.Events);
        }

        Assert.Equal(0, await host.CountParkedAsync());
    }

    private static async Task PostLeadsAsync(CoreHost host, int count)
    {
        for (var lead = 1; lead <= count; lead++)
        {
            await host.Process.PostHookAsync(Hooks.LeadAdded(lead));
        }
    }

    private static async Task<int> CountHandledAsync(CoreHost host) =>
        (await host.ReadTableAsync(TableNames.Events)).Count(row => row.GetDateTimeOffset("HandledAt") is not null);
}
