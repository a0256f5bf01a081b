using Kommo.Simulator;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Failures;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.Outbox;

/// <summary>What must hold of every lane that creates something.</summary>
public sealed class CreationLaneTests(AzuriteFixture azurite)
{
    public static TheoryData<string> Names { get; } = [.. CreationCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Creations_share_a_request_and_keep_their_order(string name)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var (one, kommo) = await LaneCase.StartAsync(CreationCases.All, name, host);

        await host.Process.SendAsync(one.Make(one, "1"), one.Make(one, "2"));
        await host.Process.SendAsync(one.Make(one, "3"));
        await host.Process.SettleAsync();

        Assert.Equal(["1", "2", "3"], await one.ReadAsync(one, kommo));
        Assert.Equal(1, one.Requests(host));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_lost_answer_doubles_nothing(string name)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var (one, kommo) = await LaneCase.StartAsync(CreationCases.All, name, host);
        host.Kommo.AddFault(new SimulatorFault(FaultKind.AnswerLost, one.Route));

        await host.Process.SendAsync(one.Make(one, "1"), one.Make(one, "2"), one.Make(one, "2"));
        await host.Process.SettleAsync();

        Assert.Equal(["1", "2", "2"], await one.ReadAsync(one, kommo));
        Assert.Equal(1, one.Requests(host));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_is_equal_to_what_was_made_before_is_made_too_after_a_request_that_did_not_arrive(string name)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var (one, kommo) = await LaneCase.StartAsync(CreationCases.All, name, host);
        await host.Process.SendAsync(one.Make(one, "1"));
        await host.Process.SettleAsync();
        host.Kommo.AddFault(new SimulatorFault(FaultKind.ConnectionReset, one.Route));

        await host.Process.SendAsync(one.Make(one, "1"), one.Make(one, "2"));
        await host.Process.SettleAsync();

        Assert.Equal(["1", "1", "2"], await one.ReadAsync(one, kommo));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_creation_that_kommo_refuses_becomes_a_dead_letter_and_the_others_go_through(string name)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var (one, kommo) = await LaneCase.StartAsync(CreationCases.All, name, host);

        await host.Process.SendAsync(one.Make(one, "1"), one.MakeWrong(one), one.Make(one, "2"));
        await host.Process.SettleAsync();

        Assert.Equal(["1", "2"], await one.ReadAsync(one, kommo));
        var letter = await host.Process.ReadDeadLetterAsync();
        Assert.Equal((DeadLetterReasons.Refused, "outbox:" + one.MakeWrong(one).Lane), (letter.Reason, letter.Source));
        Assert.Empty(await OutboxScenario.CommandsAsync(host));
    }
}
