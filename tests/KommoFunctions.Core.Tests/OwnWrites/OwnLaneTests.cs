using System.Text;
using Kommo;
using Kommo.Webhooks;
using KommoFunctions.Accounts;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Outbox;
using KommoFunctions.OwnWrites;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.OwnWrites;

/// <summary>The events that each lane's commands cause are recognised, and those of others are not.</summary>
public sealed class OwnLaneTests(AzuriteFixture azurite)
{
    private const string Phone = "+15551234567";

    [Fact]
    public async Task What_the_outbox_created_is_its_own()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.SendAsync(
            new CreateLead(new NewLead { Name = "a" }),
            new CreateContact(new NewContact { Name = "a", CustomFields = [CustomFieldValues.Phone(Phone)] }),
            new CreateCompany(new NewCompany { Name = "a" }),
            new CreateCustomer(new NewCustomer { Name = "a" }));
        await host.Process.SettleAsync();
        await host.Process.SendAsync(
            new LogCall(new NewCall { Direction = CallDirection.Inbound, Phone = Phone, Duration = TimeSpan.FromSeconds(1), Source = "a" }));
        await host.Process.SettleAsync();
        var (contact, company, note) = (host.Kommo.Contacts[0].Id, host.Kommo.Companies[0].Id, host.Kommo.Notes[0].Id);

        await AssertOwnAsync(host, $"leads[add][0][id]={host.Kommo.Leads[0].Id}");
        await AssertOwnAsync(host, $"contacts[add][0][id]={contact}&contacts[add][0][type]=contact");
        await AssertOwnAsync(host, $"contacts[add][0][id]={company}&contacts[add][0][type]=company");
        await AssertOwnAsync(host, $"customers[add][0][id]={host.Kommo.Customers[0].Id}");
        await AssertOwnAsync(host, $"contacts[note][0][note][id]={note}&contacts[note][0][note][note_type]=10&contacts[note][0][note][element_id]={contact}&contacts[note][0][type]=contact");
        await AssertForeignAsync(host, $"leads[add][0][id]={host.Kommo.Leads[0].Id + 1}");
        await AssertForeignAsync(host, $"contacts[add][0][id]={company}&contacts[add][0][type]=contact");
        await AssertForeignAsync(host, $"contacts[note][0][note][id]={note + 1}&contacts[note][0][note][note_type]=10&contacts[note][0][note][element_id]={contact}&contacts[note][0][type]=contact");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task So_are_the_contact_and_the_company_that_came_with_a_lead(bool answerIsLost)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        if (answerIsLost)
        {
            host.Kommo.AddFault(new Kommo.Simulator.SimulatorFault(Kommo.Simulator.FaultKind.AnswerLost, "POST /api/v4/leads/complex"));
        }

        await host.Process.SendAsync(new CreateLeadComplete(new NewComplexLead
        {
            Name = "a",
            Contact = new ComplexContact { Name = "b" },
            Company = new NewCompany { Name = "c" },
        }));
        await host.Process.SettleAsync();
        var (lead, contact, company) = (host.Kommo.Leads.Single().Id, host.Kommo.Contacts.Single().Id, host.Kommo.Companies.Single().Id);

        await AssertOwnAsync(host, $"leads[add][0][id]={lead}");
        await AssertOwnAsync(host, $"contacts[add][0][id]={contact}&contacts[add][0][type]=contact");
        await AssertOwnAsync(host, $"contacts[add][0][id]={company}&contacts[add][0][type]=company");
    }

    [Fact]
    public async Task What_the_outbox_changed_is_its_own()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var (contact, company) = (host.Kommo.CreateContacts(1)[0], host.Kommo.CreateCompanies(1)[0]);
        var task = host.Kommo.CreateTask(Kommo.Simulator.EntityKind.Contact, contact, "Call");
        await host.Process.SendAsync(
            new UpdateContact(new ContactUpdate { Id = contact, Name = "b" }),
            new AddTags(EntityType.Companies, company, "VIP"),
            new CompleteTask(task, "done"));
        await host.Process.SettleAsync();
        var (at, companyAt, taskAt) = (host.Kommo.Contacts[0].UpdatedAt, host.Kommo.Companies[0].UpdatedAt, host.Kommo.Tasks[0].UpdatedAt);

        await AssertOwnAsync(host, $"contacts[update][0][id]={contact}&contacts[update][0][type]=contact&contacts[update][0][updated_at]={at}");
        await AssertOwnAsync(host, $"contacts[update][0][id]={company}&contacts[update][0][type]=company&contacts[update][0][updated_at]={companyAt}");
        await AssertOwnAsync(host, $"task[update][0][id]={task}&task[update][0][updated_at]={taskAt}");
        await AssertForeignAsync(host, $"contacts[update][0][id]={contact}&contacts[update][0][type]=contact&contacts[update][0][updated_at]={at + 1}");
        await AssertForeignAsync(host, $"contacts[update][0][id]={company}&contacts[update][0][type]=contact&contacts[update][0][updated_at]={companyAt}");
        await AssertForeignAsync(host, $"task[responsible][0][id]={task}&task[responsible][0][updated_at]={taskAt}");
    }

    [Fact]
    public async Task Merged_changes_of_one_lead_leave_the_traces_of_all()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var lead = host.Kommo.CreateLeads(1)[0];
        await host.Process.SendAsync(
            new UpdateLead(new LeadUpdate { Id = lead, Price = 5 }),
            new UpdateLead(new LeadUpdate { Id = lead, StatusId = 142 }),
            new UpdateLead(new LeadUpdate { Id = lead, ResponsibleUserId = host.Kommo.Leads[0].ResponsibleUserId }));
        await host.Process.SettleAsync();
        var at = host.Kommo.FindLead(lead)!.UpdatedAt;

        Assert.Equal(1, host.Kommo.GetStatistics().RequestsByRoute["PATCH /api/v4/leads"]);
        foreach (var action in (string[])["update", "status", "responsible"])
        {
            await AssertOwnAsync(host, $"leads[{action}][0][id]={lead}&leads[{action}][0][updated_at]={at}");
        }
    }

    [Fact]
    public async Task Elements_of_a_list_that_the_outbox_wrote_are_its_own_and_those_of_another_list_are_not()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var kommo = (await host.Process.Get<AccountSessions>().GetAsync(host.AccountId, CancellationToken.None)).Kommo;
        var list = (await kommo.Catalogs.CreateAsync(new NewCatalog { Name = "Things" })).Id;
        await host.Process.SendAsync(new CreateCatalogElement(list, new NewCatalogElement { Name = "a" }));
        await host.Process.SettleAsync();
        var element = await kommo.Catalogs.Elements(list).ListAsync().SingleAsync();
        await host.Process.SendAsync(new UpdateCatalogElement(list, new CatalogElementUpdate { Id = element.Id, Name = "b" }));
        await host.Process.SettleAsync();
        var at = (await kommo.Catalogs.Elements(list).GetAsync(element.Id))!.UpdatedAt!.Value.ToUnixTimeSeconds();

        await AssertOwnAsync(host, $"catalogs[add][0][id]={element.Id}&catalogs[add][0][catalog_id]={list}");
        await AssertOwnAsync(host, $"catalogs[update][0][id]={element.Id}&catalogs[update][0][catalog_id]={list}&catalogs[update][0][date_modify]={at}");
        await AssertForeignAsync(host, $"catalogs[add][0][id]={element.Id}&catalogs[add][0][catalog_id]={list + 1}");
    }

    [Theory]
    [InlineData("leads[add][0][id]=1", 3)]
    [InlineData("leads[update][0][id]=1&leads[update][0][updated_at]=1700000000", 2)]
    [InlineData("leads[delete][0][id]=1", 0)]
    [InlineData("talk[add][0][talk_id]=1", 1)]
    public async Task A_lane_that_was_never_used_costs_an_event_one_question(string hook, int questions)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var before = host.Proxy.Statistics.Total;

        await AssertForeignAsync(host, hook);

        Assert.Equal(before + questions, host.Proxy.Statistics.Total);
    }

    private static async Task AssertOwnAsync(CoreHost host, string hook) => Assert.True(await IsOwnAsync(host, hook), hook);

    private static async Task AssertForeignAsync(CoreHost host, string hook) => Assert.False(await IsOwnAsync(host, hook), hook);

    private static Task<bool> IsOwnAsync(CoreHost host, string hook)
    {
        var e = Assert.Single(WebhookParser.Parse(Encoding.UTF8.GetBytes(Hooks.Of(hook))).Events);
        return host.Process.Get<LoopGuard>().IsOwnAsync(host.AccountId, e, TimeProvider.System.GetUtcNow(), CancellationToken.None);
    }
}
