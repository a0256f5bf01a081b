using System.Text;
using Kommo.Simulator.Tests.Support;
using Kommo.Webhooks;

namespace Kommo.Simulator.Tests.Hooks;

/// <summary>Hooks on customers, incoming leads, list elements and template reviews, from a request to what the parser reads.</summary>
public sealed class ChangeHookTests
{
    [Fact]
    public async Task A_customer_is_told_when_made_changed_handed_over_noted_and_deleted()
    {
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        await using TestAccount account = await TestAccount.StartAsync();
        account.Simulator.Subscribe(receiver.Address, "add_customer", "update_customer", "responsible_customer", "note_customer", "delete_customer");
        long id = (await account.PostAsync("/api/v4/customers", """[{"name":"Ann","next_price":50,"next_date":1800000000}]""")).Id("customers");
        await account.PatchAsync($"/api/v4/customers/{id}", """{"responsible_user_id":8000002}""");
        account.Simulator.AddNote(EntityKind.Customer, id, "hello");
        account.Simulator.Delete<SimulatedCustomer>(id);
        IReadOnlyList<WebhookEvent> events = await EventsAsync(receiver, 5);
        var added = Assert.Single(events.OfType<CustomerAdded>());
        Assert.Equal((id, "Ann", 50m, DateTimeOffset.FromUnixTimeSeconds(1800000000)), (added.EntityId!.Value, added.Name, added.NextPrice, added.NextDate));
        Assert.Equal(8000001, Assert.Single(events.OfType<CustomerResponsibleChanged>()).OldResponsibleUserId);
        Assert.Equal(8000002, Assert.Single(events.OfType<CustomerUpdated>()).ResponsibleUserId);
        Assert.Equal("hello", Assert.Single(events.OfType<CustomerNoteAdded>()).Note.Text);
        Assert.Equal(id, Assert.Single(events.OfType<CustomerDeleted>()).EntityId);
    }

    [Fact]
    public async Task An_incoming_lead_is_told_when_it_comes_is_accepted_and_is_declined()
    {
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        await using TestAccount account = await TestAccount.StartAsync();
        account.Simulator.Subscribe(receiver.Address, "add_unsorted", "delete_unsorted", "add_lead");
        string first = await IncomingAsync(account);
        string second = await IncomingAsync(account);
        await account.PostAsync($"/api/v4/leads/unsorted/{first}/accept", "{}");
        await account.SendAsync(HttpMethod.Delete, $"/api/v4/leads/unsorted/{second}/decline", "{}");
        IReadOnlyList<WebhookEvent> events = await EventsAsync(receiver, 5);
        IReadOnlyList<SimulatedLead> leads = account.Simulator.Leads;
        Assert.Equal([first, second], events.OfType<IncomingLeadAdded>().OrderBy(one => one.LeadId).Select(one => one.Uid));
        Assert.All(events.OfType<IncomingLeadAdded>(), one => Assert.Equal(("forms", 5000001L), (one.Category, one.PipelineId!.Value)));
        var accepted = Assert.Single(events.OfType<IncomingLeadAccepted>());
        Assert.Equal((first, leads[0].Id, leads[0].ContactIds[0]), (accepted.Uid, accepted.AcceptedLeadIds.Single(), accepted.AcceptedContactIds.Single()));
        Assert.Equal(leads[1].Id, Assert.Single(events.OfType<IncomingLeadDeclined>()).DeclinedLeadIds.Single());
        Assert.Equal(leads[0].Id, Assert.Single(events.OfType<LeadAdded>()).EntityId);
    }

    [Fact]
    public async Task A_list_element_is_told_with_its_fields()
    {
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        await using TestAccount account = await TestAccount.StartAsync();
        account.Simulator.Subscribe(receiver.Address, "add_catalog", "update_catalog");
        long list = (await account.PostAsync("/api/v4/catalogs", """[{"name":"Cars"}]""")).Id("catalogs");
        long field = (await account.PostAsync($"/api/v4/catalogs/{list}/custom_fields", """[{"name":"Colour","type":"text"}]""")).Id("custom_fields");
        long element = (await account.PostAsync($"/api/v4/catalogs/{list}/elements", $$"""[{"name":"Car","custom_fields_values":[{"field_id":{{field}},"values":[{"value":"red"}]}]}]""")).Id("elements");
        await account.PatchAsync($"/api/v4/catalogs/{list}/elements", $$"""[{"id":{{element}},"name":"Bus"}]""");
        IReadOnlyList<WebhookEvent> events = await EventsAsync(receiver, 2);
        var added = Assert.Single(events.OfType<ListElementAdded>());
        Assert.Equal((element, list, "Car"), (added.EntityId!.Value, added.CatalogId!.Value, added.Name));
        Assert.Equal("red", added.CustomFields.Single().Values.Single().Value);
        Assert.Equal("Bus", Assert.Single(events.OfType<ListElementUpdated>()).Name);
    }

    [Fact]
    public async Task A_template_sent_for_review_is_told()
    {
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        await using TestAccount account = await TestAccount.StartAsync();
        account.Simulator.Subscribe(receiver.Address, "add_chat_template_review");
        long id = (await account.PostAsync("/api/v4/chats/templates", """[{"name":"Hi","content":"Hello","type":"waba","waba_category":"UTILITY"}]""")).Id("chat_templates");
        await account.PostAsync($"/api/v4/chats/templates/{id}/review", "");
        var told = Assert.Single((await EventsAsync(receiver, 1)).OfType<ChatTemplateReviewAdded>());
        Assert.Equal(("Hi", "waba", "UTILITY", true), (told.Name, told.TemplateType, told.WabaCategory, told.IsOnReview!.Value));
        Assert.Equal("review", Assert.Single(told.Reviews).Status);
    }

    [Fact]
    public async Task The_api_refuses_the_names_that_only_the_pages_know()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer answer = await account.PostAsync("/api/v4/webhooks", """{"destination":"http://127.0.0.1:9/a","settings":["add_unsorted"]}""");
        Assert.Equal((400, "NotSupportedChoice settings.0"), (answer.Status, answer.Error));
        Assert.Equal(403, (await account.AsSellerAsync(HttpMethod.Get, "/api/v4/webhooks", null)).Status);
    }

    private static async Task<string> IncomingAsync(TestAccount account) => (await account.PostAsync("/api/v4/leads/unsorted/forms", """
        [{"source_name":"Site","source_uid":"s","metadata":{"form_id":"f","form_name":"n","form_page":"p","form_sent_at":1},"_embedded":{"contacts":[{"name":"Ann"}]}}]
        """)).Embedded("unsorted")[0]!["uid"]!.ToString();

    private static async Task<IReadOnlyList<WebhookEvent>> EventsAsync(HookReceiver receiver, int count) =>
        [.. (await receiver.WaitAsync(count)).SelectMany(hook => WebhookParser.Parse(Encoding.UTF8.GetBytes(hook.Body), TimeZoneInfo.Utc).Events)];
}
