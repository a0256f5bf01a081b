using Kommo;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Failures;
using KommoFunctions.Outbox;
using KommoFunctions.Tests;
using static KommoFunctions.Core.Tests.Outbox.OutboxScenario;

namespace KommoFunctions.Core.Tests.Outbox;

public sealed class BotLaneTests(AzuriteFixture azurite)
{
    private const long Bot = 6_300_001;
    private const string Run = "POST /api/v4/bots/run";

    private readonly Lanes _lanes = new();

    [Fact]
    public async Task Bots_for_different_entities_are_run_by_one_request()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var leads = host.Kommo.CreateLeads(3);

        await host.Process.SendAsync([.. leads.Select(lead => new RunBot(Bot, EntityType.Leads, lead))]);
        await host.Process.SettleAsync();

        Assert.Equal(1, Requests(host, Run));
        Assert.Empty(await CommandsAsync(host));
    }

    [Fact]
    public async Task A_second_bot_for_an_entity_and_a_stop_wait_for_the_first()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var lead = host.Kommo.CreateLeads(1)[0];

        await host.Process.SendAsync(
            new RunBot(Bot, EntityType.Leads, lead), new RunBot(Bot + 1, EntityType.Leads, lead), new StopBot(Bot + 1, lead));
        await host.Process.SettleAsync();

        Assert.Equal(2, Requests(host, Run));
        Assert.Single(host.Kommo.GetStatistics().RequestsByRoute.Keys, route => route.EndsWith("/stop", StringComparison.Ordinal));
        Assert.Empty(await CommandsAsync(host));
    }

    [Fact]
    public async Task A_bot_that_kommo_refuses_becomes_a_dead_letter_and_the_others_are_run()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var leads = host.Kommo.CreateLeads(2);

        await host.Process.SendAsync(
            new RunBot(Bot, EntityType.Leads, leads[0]), new RunBot(LaneCase.Nobody, EntityType.Leads, leads[1]), new StopBot(LaneCase.Nobody, leads[0]));
        await host.Process.SettleAsync();

        Assert.Equal(2, (await host.Process.ReadDeadLettersAsync()).Count(letter => letter.Reason == DeadLetterReasons.Refused));
        Assert.Equal(2, Requests(host, Run));
    }

    [Fact]
    public void Of_a_run_nobody_knows_whether_it_happened_and_a_stop_may_be_repeated()
    {
        var lane = _lanes[BotLane.LaneName];

        Assert.Equal(
            (LaneRepetition.Unknowable, LaneRepetition.Harmless),
            (lane.RepetitionOf(Stored(new RunBot(1, EntityType.Leads, 2))), lane.RepetitionOf(Stored(new StopBot(1, 2)))));

        PendingCommand Stored(KommoCommand command) => new("0001", lane.Write(command), default);
    }
}
