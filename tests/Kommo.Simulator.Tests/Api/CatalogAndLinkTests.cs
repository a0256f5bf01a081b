using System.Text.Json.Nodes;
using Kommo.Simulator.Tests.Support;

namespace Kommo.Simulator.Tests.Api;

public sealed class CatalogAndLinkTests
{
    [Fact]
    public async Task Lists_are_at_most_ten_and_never_deleted()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        string ten = string.Join(',', Enumerable.Repeat("""{"name":"List"}""", 10));
        Answer made = await account.PostAsync("/api/v4/catalogs", $"[{ten}]");
        Assert.Equal(("regular", true), (made.Embedded("catalogs")[0]!["type"]!.ToString(), made.Embedded("catalogs")[0]!["can_add_elements"]!.GetValue<bool>()));
        Assert.Equal(422, (await account.PostAsync("/api/v4/catalogs", """[{"name":"One more"}]""")).Status);
        Assert.Equal(405, (await account.DeleteAsync($"/api/v4/catalogs/{made.Id("catalogs")}")).Status);
        Assert.Equal(200, (await account.PatchAsync("/api/v4/catalogs", $$"""[{"id":{{made.Id("catalogs")}},"name":"Cars"}]""")).Status);
        Assert.Equal("Cars", (await account.GetAsync($"/api/v4/catalogs/{made.Id("catalogs")}")).Json["name"]!.ToString());
    }

    [Fact]
    public async Task A_list_is_of_one_of_four_types()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Assert.Equal("NotSupportedChoice type", (await account.PostAsync("/api/v4/catalogs", """[{"name":"x","type":"cars"}]""")).Error);
        Assert.Equal(200, (await account.PostAsync("/api/v4/catalogs", """[{"name":"x","type":"suppliers"}]""")).Status);
    }

    [Fact]
    public async Task Elements_have_fields_numbers_for_request_ids_and_a_text_search()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        long list = await NewListAsync(account);
        long field = (await account.PostAsync($"/api/v4/catalogs/{list}/custom_fields", """[{"name":"Price","type":"price"}]""")).Id("custom_fields");
        Answer made = await account.PostAsync($"/api/v4/catalogs/{list}/elements", $$"""
            [{"name":"Red car","custom_fields_values":[{"field_id":{{field}},"values":[{"value":"9.5"}]}],"request_id":"3"},{"name":"Blue car"}]
            """);
        Assert.Equal([3L, 1L], made.Embedded("elements").Select(element => element!["request_id"]!.GetValue<long>()));
        JsonNode read = (await account.GetAsync($"/api/v4/catalogs/{list}/elements/{made.Id("elements")}?with=invoice_link")).Json;
        Assert.Equal(("9.5", "price", list), (
            read["custom_fields_values"]![0]!["values"]![0]!["value"]!.ToString(), read["custom_fields_values"]![0]!["field_type"]!.ToString(), read["catalog_id"]!.GetValue<long>()));
        Assert.True(read.AsObject().ContainsKey("invoice_link"));
        Assert.Equal("Blue car", (await account.GetAsync($"/api/v4/catalogs/{list}/elements?query=blue")).Embedded("elements").Single()!["name"]!.ToString());
        Assert.Equal(204, (await account.GetAsync($"/api/v4/catalogs/{await NewListAsync(account)}/elements/{made.Id("elements")}")).Status);
        Assert.Equal(404, (await account.GetAsync("/api/v4/catalogs/1/elements")).Status);
    }

    [Fact]
    public async Task Links_are_made_listed_and_broken_from_either_side()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        long lead = account.Simulator.CreateLeads(1)[0];
        IReadOnlyList<long> contacts = account.Simulator.CreateContacts(2);
        long company = account.Simulator.CreateCompanies(1)[0];
        Answer linked = await account.PostAsync($"/api/v4/leads/{lead}/link", $$"""
            [{"to_entity_id":{{contacts[0]}},"to_entity_type":"contacts"},
             {"to_entity_id":{{contacts[1]}},"to_entity_type":"contacts","metadata":{"is_main":true} },
             {"to_entity_id":{{company}},"to_entity_type":"companies"}]
            """);
        Assert.Equal((200, 3), (linked.Status, linked.Json["_total_items"]!.GetValue<int>()));
        Assert.Equal([contacts[1], contacts[0]], account.Simulator.FindLead(lead)!.ContactIds);
        JsonArray links = (await account.GetAsync($"/api/v4/leads/{lead}/links")).Embedded("links");
        Assert.Equal([true, false], links.Take(2).Select(link => link!["metadata"]!["main_contact"]!.GetValue<bool>()));
        Assert.Equal(lead, (await account.GetAsync($"/api/v4/contacts/{contacts[0]}/links")).Embedded("links").Single()!["to_entity_id"]!.GetValue<long>());
        Answer mass = await account.GetAsync($"/api/v4/leads/links?filter[entity_id][]={lead}&filter[to_entity_type]=companies");
        Assert.Equal((lead, company), (mass.Embedded("links").Single()!["entity_id"]!.GetValue<long>(), mass.Embedded("links")[0]!["to_entity_id"]!.GetValue<long>()));
        Answer broken = await account.PostAsync($"/api/v4/contacts/{contacts[1]}/unlink", $$"""[{"to_entity_id":{{lead}},"to_entity_type":"leads"}]""");
        Assert.Equal((204, ""), (broken.Status, broken.Text));
        Assert.Equal([contacts[0]], account.Simulator.FindLead(lead)!.ContactIds);
    }

    [Fact]
    public async Task Elements_are_linked_with_a_quantity_and_shown_with_the_lead()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        long list = await NewListAsync(account);
        long element = (await account.PostAsync($"/api/v4/catalogs/{list}/elements", """[{"name":"Car"}]""")).Id("elements");
        long lead = account.Simulator.CreateLeads(1)[0];
        string Body(string metadata) => $$"""[{"entity_id":{{lead}},"to_entity_id":{{element}},"to_entity_type":"catalog_elements","metadata":{{metadata}} }]""";
        Assert.Equal("FieldMissing metadata.catalog_id", (await account.PostAsync("/api/v4/leads/link", Body("{}"))).Error);
        Assert.Equal(200, (await account.PostAsync("/api/v4/leads/link", Body($$"""{"catalog_id":{{list}},"quantity":2.5}"""))).Status);
        Assert.Equal(200, (await account.PostAsync("/api/v4/leads/link", Body($$"""{"catalog_id":{{list}},"quantity":3}"""))).Status);
        JsonNode shown = (await account.GetAsync($"/api/v4/leads/{lead}?with=catalog_elements")).Json["_embedded"]!["catalog_elements"]!.AsArray().Single()!;
        Assert.Equal((element, 3.0, list), (shown["id"]!.GetValue<long>(), shown["metadata"]!["quantity"]!.GetValue<double>(), shown["metadata"]!["catalog_id"]!.GetValue<long>()));
        Assert.Equal(204, (await account.PostAsync("/api/v4/leads/unlink", Body($$"""{"catalog_id":{{list}}}"""))).Status);
        Assert.Equal(204, (await account.GetAsync($"/api/v4/leads/{lead}/links")).Status);
    }

    [Theory]
    [InlineData("leads", "leads", "NotSupportedChoice to_entity_type")]
    [InlineData("leads", "customers", "NotSupportedChoice to_entity_type")]
    [InlineData("customers", "leads", "NotSupportedChoice to_entity_type")]
    [InlineData("leads", "contacts", "NotSupportedChoice to_entity_id")]
    [InlineData("companies", "contacts", "NotSupportedChoice to_entity_id")]
    public async Task Pairs_that_do_not_link_and_unknown_ids_are_refused(string from, string to, string error)
    {
        await using TestAccount account = await TestAccount.StartAsync();
        long id = (await account.PostAsync($"/api/v4/{from}", """[{"name":"x"}]""")).Id(from);
        Answer answer = await account.PostAsync($"/api/v4/{from}/{id}/link", $$"""[{"to_entity_id":1,"to_entity_type":"{{to}}"}]""");
        Assert.Equal((400, error), (answer.Status, answer.Error));
    }

    private static async Task<long> NewListAsync(TestAccount account) =>
        (await account.PostAsync("/api/v4/catalogs", """[{"name":"Cars"}]""")).Id("catalogs");
}
