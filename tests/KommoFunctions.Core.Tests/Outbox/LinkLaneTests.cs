using Kommo;
using Kommo.Simulator;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Failures;
using KommoFunctions.Outbox;
using KommoFunctions.Tests;
using static KommoFunctions.Core.Tests.Outbox.OutboxScenario;

namespace KommoFunctions.Core.Tests.Outbox;

public sealed class LinkLaneTests(AzuriteFixture azurite)
{
    private const string LinkLeads = "POST /api/v4/leads/link";
    private const string UnlinkLeads = "POST /api/v4/leads/unlink";

    [Fact]
    public async Task Links_of_one_kind_of_entity_share_a_request_and_equal_ones_are_one_item()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var (leads, contacts) = (host.Kommo.CreateLeads(2), host.Kommo.CreateContacts(2));

        await host.Process.SendAsync(
            ToContact(leads[0], contacts[0]), ToContact(leads[1], contacts[1]), ToContact(leads[0], contacts[0]), ToContact(leads[0], contacts[1]));
        await host.Process.SettleAsync();

        Assert.Equal(contacts, host.Kommo.FindLead(leads[0])!.ContactIds);
        Assert.Equal([contacts[1]], host.Kommo.FindLead(leads[1])!.ContactIds);
        Assert.Equal(1, Requests(host, LinkLeads));
        Assert.Empty(await CommandsAsync(host));
    }

    [Fact]
    public async Task A_link_that_is_taken_away_and_made_again_is_there_in_the_end()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var (lead, contact) = (host.Kommo.CreateLeads(1)[0], host.Kommo.CreateContacts(1)[0]);

        await host.Process.SendAsync(ToContact(lead, contact), Unlink(lead, contact), ToContact(lead, contact));
        await host.Process.SettleAsync();

        Assert.Equal([contact], host.Kommo.FindLead(lead)!.ContactIds);
        Assert.Equal((2, 1), (Requests(host, LinkLeads), Requests(host, UnlinkLeads)));
    }

    [Fact]
    public async Task A_link_does_not_overtake_its_opposite_that_starts_from_the_other_end()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var (leads, contact) = (host.Kommo.CreateLeads(2), host.Kommo.CreateContacts(1)[0]);

        await host.Process.SendAsync(
            ToContact(leads[1], contact),
            ToContact(leads[0], contact),
            new UnlinkEntities(EntityType.Contacts, contact, Link.ToLead(leads[0])),
            ToContact(leads[0], contact),
            new UnlinkEntities(EntityType.Contacts, contact, Link.ToLead(leads[1])));
        await host.Process.SettleAsync();

        Assert.Equal([contact], host.Kommo.FindLead(leads[0])!.ContactIds);
        Assert.Empty(host.Kommo.FindLead(leads[1])!.ContactIds);
    }

    [Fact]
    public async Task Links_of_other_entities_share_a_request_across_a_change_of_route()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var (leads, contacts) = (host.Kommo.CreateLeads(3), host.Kommo.CreateContacts(3));

        await host.Process.SendAsync(
            ToContact(leads[0], contacts[0]), Unlink(leads[1], contacts[1]), ToContact(leads[2], contacts[2]));
        await host.Process.SettleAsync();

        Assert.Equal((1, 1), (Requests(host, LinkLeads), Requests(host, UnlinkLeads)));
    }

    [Fact]
    public async Task A_link_whose_answer_was_lost_is_made_again_and_is_there_once()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var (lead, contact) = (host.Kommo.CreateLeads(1)[0], host.Kommo.CreateContacts(1)[0]);
        host.Kommo.AddFault(new SimulatorFault(FaultKind.AnswerLost, LinkLeads));

        await host.Process.SendAsync(ToContact(lead, contact));
        await host.Process.SettleAsync();

        Assert.Equal([contact], host.Kommo.FindLead(lead)!.ContactIds);
        Assert.Empty(await CommandsAsync(host));
    }

    [Fact]
    public async Task A_link_that_kommo_refuses_becomes_a_dead_letter_and_the_others_are_made()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var (leads, contact) = (host.Kommo.CreateLeads(2), host.Kommo.CreateContacts(1)[0]);

        await host.Process.SendAsync(
            ToContact(leads[0], contact), new LinkEntities(EntityType.Leads, leads[0], Link.ToCompany(LaneCase.Nobody)), ToContact(leads[1], contact));
        await host.Process.SettleAsync();

        Assert.All(leads, lead => Assert.Equal([contact], host.Kommo.FindLead(lead)!.ContactIds));
        Assert.Equal((DeadLetterReasons.Refused, "outbox:links"), ((await host.Process.ReadDeadLetterAsync()).Reason, (await host.Process.ReadDeadLetterAsync()).Source));
    }

    private static LinkEntities ToContact(long lead, long contact) => new(EntityType.Leads, lead, Link.ToContact(contact));

    private static UnlinkEntities Unlink(long lead, long contact) => new(EntityType.Leads, lead, Link.ToContact(contact));
}
