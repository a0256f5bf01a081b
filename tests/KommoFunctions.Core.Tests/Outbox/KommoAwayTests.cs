using Kommo.Simulator;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Handlers;
using KommoFunctions.Messaging;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.Outbox;

public sealed class KommoAwayTests(AzuriteFixture azurite)
{
    private const int Leads = 5;

    private static readonly TimeSpan Away = TimeSpan.FromHours(1);
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(20);

    [Theory]
    [InlineData(FaultKind.ServerError)]
    [InlineData(FaultKind.ConnectionReset)]
    public async Task An_hour_without_Kommo_poisons_nothing_and_loses_nothing(FaultKind fault)
    {
        var time = new ShiftedTime();
        await using var host = await CoreHost.StartAsync(azurite, o =>
        {
            (o.Time, o.Handlers) = (time, builder => builder.AddHandler<FollowUpOnNewLead>());
            o.Settings["Hold:LookEvery"] = "00:00:00.100";
        });
        host.Kommo.AddFault(new SimulatorFault(fault, Count: int.MaxValue));
        foreach (var lead in host.Kommo.CreateLeads(Leads))
        {
            await host.Process.PostHookAsync(Hooks.LeadAdded(lead));
        }

        for (var gone = TimeSpan.Zero; gone < Away; gone += Step)
        {
            foreach (var queue in QueueNames.All)
            {
                await host.Process.PumpAsync(queue, 10);
            }

            time.Advance(Step);
        }

        Assert.Empty(host.Kommo.Tasks);
        host.Kommo.ClearFaults();
        await host.Process.SettleAsync();

        Assert.Equal(Leads, host.Kommo.Tasks.Select(task => task.EntityId).Distinct().Count());
        Assert.Equal((Leads, Leads), (host.Kommo.Tasks.Count, host.Kommo.Notes.Count));
        Assert.Empty(await host.Process.ReadDeadLettersAsync());
        Assert.All(await Task.WhenAll(QueueNames.All.Select(queue => host.CountAsync(QueueNames.Poison(queue)))), count => Assert.Equal(0, count));
    }
}
