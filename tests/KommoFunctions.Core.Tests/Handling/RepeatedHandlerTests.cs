using Azure;
using Azure.Data.Tables;
using Kommo;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Storage;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.Handling;

/// <summary>A process can die after an event's commands are stored, even sent, and before the event is noted as handled: its handler runs again.</summary>
public sealed class RepeatedHandlerTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_handler_that_runs_again_after_its_command_was_sent_does_not_send_it_twice()
    {
        await using var host = await StartAsync();
        var message = await HandleOneAsync(host);
        await host.Process.SettleAsync();

        await ForgetHandlingAsync(host);
        await host.Process.ProcessAsync(QueueNames.Events, message);
        await host.Process.SettleAsync();

        Assert.Equal((2, 1), (host.Script.Seen.Count, host.Kommo.Tasks.Count));
    }

    [Fact]
    public async Task A_handler_that_runs_again_before_its_command_was_sent_does_not_send_it_twice()
    {
        await using var host = await StartAsync();
        var message = await HandleOneAsync(host);

        await ForgetHandlingAsync(host);
        await host.Process.ProcessAsync(QueueNames.Events, message);
        await host.Process.SettleAsync();

        Assert.Equal((2, 1), (host.Script.Seen.Count, host.Kommo.Tasks.Count));
    }

    [Fact]
    public async Task Commands_behind_one_that_was_handed_in_again_are_sent()
    {
        await using var host = await StartAsync();
        var message = await HandleOneAsync(host);
        await host.Process.SettleAsync();

        await ForgetHandlingAsync(host);
        await host.Process.ProcessAsync(QueueNames.Events, message);
        await host.Process.PostHookAsync(Hooks.LeadAdded(host.Kommo.CreateLeads(1)[0]));
        await host.Process.SettleAsync();

        Assert.Equal(2, host.Kommo.Tasks.Count);
    }

    [Fact]
    public async Task A_command_that_was_handed_in_again_leaves_the_outbox()
    {
        await using var host = await StartAsync();
        var message = await HandleOneAsync(host);
        await host.Process.SettleAsync();

        await ForgetHandlingAsync(host);
        await host.Process.ProcessAsync(QueueNames.Events, message);
        await host.Process.SettleAsync();

        Assert.DoesNotContain(await host.ReadTableAsync(TableNames.Outbox), row => char.IsAsciiDigit(row.RowKey[0]));
    }

    private async Task<CoreHost> StartAsync()
    {
        var host = await CoreHost.StartAsync(azurite, o => o.Handlers = b => b.AddHandler<LeadAddedHandler>());
        host.Script.Do = (e, context, _) =>
        {
            context.Send(new CreateTask(new NewTask
            {
                EntityType = EntityType.Leads,
                EntityId = e.EntityId,
                Text = "Call",
                CompleteTill = DateTimeOffset.FromUnixTimeSeconds(2_000_000_000),
            }));
            return Task.CompletedTask;
        };
        return host;
    }

    /// <summary>Brings one hook as far as its handler; the event's message as it was comes back, the bell is still in its queue.</summary>
    private static async Task<BinaryData> HandleOneAsync(CoreHost host)
    {
        await host.Process.PostHookAsync(Hooks.LeadAdded(host.Kommo.CreateLeads(1)[0]));
        await host.Process.PumpAsync(QueueNames.Hooks);
        var message = await host.TakeOneAsync(QueueNames.Events);
        await host.Process.ProcessAsync(QueueNames.Events, message);
        return message;
    }

    /// <summary>As if the process had died before it noted that the event is handled.</summary>
    private static async Task ForgetHandlingAsync(CoreHost host)
    {
        var row = Assert.Single(await host.ReadTableAsync(TableNames.Events));
        row.Remove("HandledAt");
        await host.Tables.GetTableClient(TableNames.Events).UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace);
    }
}
