using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Tests;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Core.Tests.Fairness;

/// <summary>What one hook, and one account, may cost before somebody is told.</summary>
public sealed class EventBudgetTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_hook_of_more_events_than_allowed_is_a_dead_letter_and_none_of_it_is_handled_until_the_bound_is_raised()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Intake:MaxEventsPerHook"] = "10");
        await host.Process.PostHookAsync(Hooks.Leads(11));
        await host.Process.PumpAsync(QueueNames.Hooks);

        var letter = await host.Process.ReadDeadLetterAsync();
        Assert.Equal((DeadLetterReasons.TooManyEvents, 0), (letter.Reason, await host.CountAsync(QueueNames.Events)));
        Assert.Contains("11 events; KommoFunctions:Intake:MaxEventsPerHook allows 10", letter.LastError, StringComparison.Ordinal);

        host.Settings["KommoFunctions:Intake:MaxEventsPerHook"] = "11";
        var raised = host.StartProcess();
        await new LetterDesk(raised).ReplayAsync(await new LetterDesk(raised).FindAsync(DeadLetterReasons.TooManyEvents));

        Assert.Equal(11, raised.Script.Seen.Count);
    }

    [Fact]
    public async Task A_hook_of_as_many_events_as_allowed_is_handled()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Intake:MaxEventsPerHook"] = "10");
        await host.Process.PostHookAsync(Hooks.Leads(10));

        await host.Process.PumpAsync(QueueNames.Hooks);

        Assert.Equal(10, await host.CountAsync(QueueNames.Events));
    }

    [Fact]
    public async Task Events_beyond_an_accounts_budget_are_counted_and_handled_and_the_log_names_the_account_once()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["FairShare:EventsPerDay"] = "10");
        using var over = host.Process.Measure<long>("kommo.account.over_budget");
        await host.Process.PostHookAsync(Hooks.Leads(10));
        await host.Process.PumpAsync(QueueNames.Hooks);
        Assert.Empty(over.GetMeasurementSnapshot());

        for (var lead = 1; lead <= 3; lead++)
        {
            await host.Process.PostHookAsync(Hooks.LeadAdded(lead));
        }

        await host.Process.PumpAsync(QueueNames.Hooks);

        Assert.Equal([1, 1, 1], over.GetMeasurementSnapshot().Select(measured => measured.Value));
        Assert.All(over.GetMeasurementSnapshot(), measured => Assert.Empty(measured.Tags));
        Assert.Equal(13, await host.CountAsync(QueueNames.Events));
        var told = Assert.Single(host.Process.Logs.GetSnapshot(), log => log.Message.Contains("brings more than 10 events a day", StringComparison.Ordinal));
        Assert.Equal(LogLevel.Warning, told.Level);
        Assert.Contains($"{host.AccountId}", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_accounts_events_are_not_anothers()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["FairShare:EventsPerDay"] = "10");
        using var over = host.Process.Measure<long>("kommo.account.over_budget");
        var budget = host.Process.Get<KommoFunctions.Fairness.EventBudget>();

        for (var account = 1; account <= 100; account++)
        {
            budget.Spend(account, 10);
        }

        Assert.Empty(over.GetMeasurementSnapshot());
    }
}
