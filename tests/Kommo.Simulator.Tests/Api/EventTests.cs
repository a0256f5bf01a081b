using System.Text.Json.Nodes;
using Kommo.Simulator.Tests.Support;

namespace Kommo.Simulator.Tests.Api;

public sealed class EventTests
{
    [Fact]
    public async Task Every_change_of_a_lead_is_told_newest_first()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        long id = (await account.PostAsync("/api/v4/leads", """[{"name":"a","price":1}]""")).Id("leads");
        await account.PatchAsync($"/api/v4/leads/{id}", """
            {"name":"b","price":2,"responsible_user_id":8000002,"status_id":142,"tags_to_add":[{"name":"hot"}],
             "custom_fields_values":[{"field_id":700001,"values":[{"value":"x"}]}]}
            """);
        account.Simulator.DeleteLead(id);
        account.Simulator.Restore<SimulatedLead>(id);
        JsonArray events = (await account.GetAsync("/api/v4/events")).Embedded("events");
        Assert.Equal(
            ["lead_restored", "lead_deleted"],
            events.Take(2).Select(one => one!["type"]!.ToString()));
        Assert.Equal("lead_added", events[^1]!["type"]!.ToString());
        Assert.Equal(
            ["custom_field_700001_value_changed", "entity_responsible_changed", "entity_tag_added", "lead_status_changed", "name_field_changed", "sale_field_changed"],
            events.Skip(2).SkipLast(1).Select(one => one!["type"]!.ToString()).Order());
        JsonNode stage = events.Single(one => one!["type"]!.ToString() == "lead_status_changed")!;
        Assert.Equal((50000011, 142), (stage["value_before"]![0]!["lead_status"]!["id"]!.GetValue<int>(), stage["value_after"]![0]!["lead_status"]!["id"]!.GetValue<int>()));
        Assert.Equal((id, "lead"), (stage["entity_id"]!.GetValue<long>(), stage["entity_type"]!.ToString()));
        Assert.Equal(stage["id"]!.ToString(), (await account.GetAsync($"/api/v4/events/{stage["id"]}")).Json["id"]!.ToString());
    }

    [Theory]
    [InlineData("filter[type]=lead_added", 2)]
    [InlineData("filter[type]=lead_added,task_added", 3)]
    [InlineData("filter[entity]=task", 2)]
    [InlineData("filter[entity]=lead&filter[entity_id][]={0}", 1)]
    [InlineData("filter[created_by][]=8000002", 1)]
    [InlineData("filter[created_at][from]=4000000000", 0)]
    [InlineData("filter[type]=task_completed", 1)]
    [InlineData("filter[value_after][leads_statuses][0][pipeline_id]=5000001&filter[value_after][leads_statuses][0][status_id]=142", 1)]
    [InlineData("filter[value_after][responsible_user_id]=8000002", 1)]
    public async Task Events_are_filtered(string query, int expected)
    {
        await using TestAccount account = await TestAccount.StartAsync();
        IReadOnlyList<long> leads = [account.Simulator.CreateLeads(1)[0], account.Simulator.CreateLeads(1, responsibleUserId: 8000002)[0]];
        account.Simulator.MoveLead(leads[1], 142);
        account.Simulator.UpdateLead(leads[1], lead => lead with { ResponsibleUserId = 8000003 });
        account.Simulator.UpdateLead(leads[1], lead => lead with { ResponsibleUserId = 8000002 });
        long task = account.Simulator.CreateTask(EntityKind.Lead, leads[1], "x");
        account.Simulator.CompleteTask(task);
        string path = string.Format(System.Globalization.CultureInfo.InvariantCulture, $"/api/v4/events?{query}", leads[0]);
        Answer answer = await account.GetAsync(path);
        Assert.Equal(expected, answer.Status == 204 ? 0 : answer.Embedded("events").Count);
    }

    [Fact]
    public async Task A_page_holds_100_at_most_and_a_fields_type_stands_alone()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Assert.Equal(422, (await account.GetAsync("/api/v4/events?limit=101")).Status);
        Assert.Equal(400, (await account.GetAsync("/api/v4/events?filter[type]=custom_field_5_value_changed,lead_added")).Status);
        Assert.Equal(400, (await account.GetAsync($"/api/v4/events?{string.Join('&', Enumerable.Range(0, 11).Select(id => $"filter[entity_id][]={id}"))}")).Status);
        Assert.Contains((await account.GetAsync("/api/v4/events/types?limit=250")).Embedded("events_types"), type => type!["key"]!.ToString() == "task_completed");
    }

    [Fact]
    public async Task Links_notes_and_names_are_told_too()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        long lead = account.Simulator.CreateLeads(1, "Deal")[0];
        long contact = account.Simulator.CreateContacts(1)[0];
        await account.PostAsync($"/api/v4/leads/{lead}/link", $$"""[{"to_entity_id":{{contact}},"to_entity_type":"contacts"}]""");
        account.Simulator.AddNote(EntityKind.Lead, lead, "hello");
        JsonArray events = (await account.GetAsync("/api/v4/events?with=lead_name&filter[entity]=lead")).Embedded("events");
        Assert.Equal(["common_note_added", "entity_linked", "lead_added"], events.Select(one => one!["type"]!.ToString()));
        Assert.All(events, one => Assert.Equal("Deal", one!["_embedded"]!["entity"]!["name"]!.ToString()));
        Assert.Equal(contact, events[1]!["value_after"]![0]!["link"]!["entity"]!["id"]!.GetValue<long>());
    }
}
