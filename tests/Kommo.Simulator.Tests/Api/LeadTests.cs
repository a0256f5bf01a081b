using System.Text.Json.Nodes;
using Kommo.Simulator.Tests.Support;

namespace Kommo.Simulator.Tests.Api;

public sealed class LeadTests
{
    [Fact]
    public async Task A_created_lead_answers_with_id_link_and_request_id_as_text()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer answer = await account.PostAsync("/api/v4/leads", """[{"name":"A","price":100,"request_id":7},{"name":"B"}]""");
        Assert.Equal(200, answer.Status);
        Assert.Equal("application/hal+json", answer.ContentType);
        JsonArray leads = answer.Embedded("leads");
        Assert.Equal(["7", "1"], leads.Select(lead => lead!["request_id"]!.GetValue<string>()));
        Assert.Equal(["A", "B"], account.Simulator.Leads.Select(lead => lead.Name));
        long id = leads[0]!["id"]!.GetValue<long>();
        Assert.Equal($"{account.Simulator.BaseAddress}api/v4/leads/{id}", leads[0]!["_links"]!["self"]!["href"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_lead_reads_back_in_the_v4_shape()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        long contact = account.Simulator.CreateContacts(1)[0];
        await account.PostAsync("/api/v4/leads", $$$"""
            [{"name":"A","price":5,"custom_fields_values":[{"field_id":700003,"values":[{"value":true}]},
              {"field_id":700004,"values":[{"enum_id":7000042}]}],"tags_to_add":[{"name":"hot"}],
              "_embedded":{"contacts":[{"id":{{{contact}}},"is_main":true}]}}]
            """);
        long id = account.Simulator.Leads[0].Id;
        Answer answer = await account.GetAsync($"/api/v4/leads/{id}?with=contacts");
        JsonNode lead = answer.Json;
        Assert.Equal(200, answer.Status);
        Assert.Equal(30000001, lead["account_id"]!.GetValue<long>());
        Assert.Equal(5000001, lead["pipeline_id"]!.GetValue<long>());
        Assert.True(lead["custom_fields_values"]![0]!["values"]![0]!["value"]!.GetValue<bool>());
        Assert.Equal("Pro", lead["custom_fields_values"]![1]!["values"]![0]!["value"]!.GetValue<string>());
        Assert.Equal("hot", lead["_embedded"]!["tags"]![0]!["name"]!.GetValue<string>());
        Assert.Equal(contact, lead["_embedded"]!["contacts"]![0]!["id"]!.GetValue<long>());
        Assert.Empty(lead["_embedded"]!["companies"]!.AsArray());
        Assert.True(lead.AsObject().ContainsKey("closed_at"));
        Assert.Null(lead["closed_at"]);
    }

    [Fact]
    public async Task An_unknown_id_and_an_empty_list_answer_204()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Assert.Equal(204, (await account.GetAsync("/api/v4/leads")).Status);
        Answer unknown = await account.GetAsync("/api/v4/leads/1");
        Assert.Equal((204, ""), (unknown.Status, unknown.Text));
    }

    [Fact]
    public async Task Pages_are_walked_by_their_next_link_until_it_is_absent()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        IReadOnlyList<long> created = account.Simulator.CreateLeads(7);
        List<long> read = [];
        string? next = "/api/v4/leads?limit=3&filter[responsible_user_id][]=8000001";
        while (next is not null)
        {
            Answer page = await account.GetAsync(next);
            Assert.Equal(200, page.Status);
            read.AddRange(page.Embedded("leads").Select(lead => lead!["id"]!.GetValue<long>()));
            next = page.Json["_links"]!["next"]?["href"]!.GetValue<string>();
        }

        Assert.Equal(created, read);
        Assert.Equal(204, (await account.GetAsync("/api/v4/leads?limit=3&page=4")).Status);
    }

    [Theory]
    [InlineData("filter[id][]={0}&filter[id][]={2}", new[] { 0, 2 })]
    [InlineData("filter[id]={1}", new[] { 1 })]
    [InlineData("filter[statuses][0][pipeline_id]=5000001&filter[statuses][0][status_id]=142", new[] { 1 })]
    [InlineData("query=gamma", new[] { 2 })]
    [InlineData("filter[price][from]=20", new[] { 1, 2 })]
    [InlineData("filter[updated_at][from]=4000000000", new int[0])]
    [InlineData("filter[responsible_user_id]=8000002", new[] { 2 })]
    [InlineData("order[id]=desc", new[] { 2, 1, 0 })]
    public async Task Lists_are_filtered_and_ordered(string query, int[] expected)
    {
        await using TestAccount account = await TestAccount.StartAsync();
        IReadOnlyList<long> ids =
        [
            account.Simulator.CreateLeads(1, "alpha", 10)[0],
            account.Simulator.CreateLeads(1, "beta", 20)[0],
            account.Simulator.CreateLeads(1, "gamma", 30, responsibleUserId: 8000002)[0],
        ];
        account.Simulator.MoveLead(ids[1], 142);
        string path = string.Format(System.Globalization.CultureInfo.InvariantCulture, $"/api/v4/leads?{query}", [.. ids.Cast<object>()]);
        Answer answer = await account.GetAsync(path);
        long[] found = answer.Status == 204 ? [] : [.. answer.Embedded("leads").Select(lead => lead!["id"]!.GetValue<long>())];
        Assert.Equal(expected.Select(index => ids[index]), found);
    }

    [Theory]
    [InlineData("limit=251")]
    [InlineData("limit=0")]
    public async Task A_page_beyond_250_is_422(string query)
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer answer = await account.GetAsync($"/api/v4/leads?{query}");
        Assert.Equal((422, "application/problem+json"), (answer.Status, answer.ContentType));
        Assert.Equal("Limit 250 per page", answer.Json["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task Both_update_routes_change_what_they_name_and_leave_the_rest()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        IReadOnlyList<long> ids = account.Simulator.CreateLeads(2, "before", 10);
        Answer many = await account.PatchAsync("/api/v4/leads", $$"""[{"id":{{ids[0]}},"price":11},{"id":{{ids[1]}},"price":12}]""");
        Answer one = await account.PatchAsync($"/api/v4/leads/{ids[0]}", """{"name":"after","status_id":143}""");
        Assert.Equal((200, 200), (many.Status, one.Status));
        Assert.Equal(ids[0], one.Json["id"]!.GetValue<long>());
        SimulatedLead first = account.Simulator.FindLead(ids[0])!;
        Assert.Equal(("after", 11, 143), (first.Name, first.Price, first.StatusId));
        Assert.NotNull(first.ClosedAt);
        Assert.Equal(("before", 12), (account.Simulator.FindLead(ids[1])!.Name, account.Simulator.FindLead(ids[1])!.Price));
    }

    [Fact]
    public async Task Fields_and_tags_are_added_replaced_and_cleared()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        long id = account.Simulator.CreateLeads(1)[0];
        string path = $"/api/v4/leads/{id}";
        await account.PatchAsync(path, """
            {"custom_fields_values":[{"field_id":700001,"values":[{"value":"x"}]},{"field_id":700002,"values":[{"value":"3"}]}],
             "tags_to_add":[{"name":"a"},{"name":"b"}]}
            """);
        await account.PatchAsync(path, """
            {"custom_fields_values":[{"field_id":700001,"values":null}],"tags_to_add":[{"name":"c"}],"tags_to_delete":[{"name":"a"}]}
            """);
        SimulatedLead lead = account.Simulator.FindLead(id)!;
        Assert.Equal([700002], lead.Fields.Select(field => field.FieldId));
        Assert.Equal(["b", "c"], lead.Tags.Select(tag => tag.Name));
        await account.PatchAsync(path, """{"_embedded":{"tags":[{"name":"d"}]}}""");
        Assert.Equal(["d"], account.Simulator.FindLead(id)!.Tags.Select(tag => tag.Name));
        Assert.Equal(4, (await account.GetAsync("/api/v4/leads/tags")).Embedded("tags").Count);
    }

    [Fact]
    public async Task A_complex_lead_makes_its_contact_and_company()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer answer = await account.PostAsync("/api/v4/leads/complex", """
            [{"name":"Deal","_embedded":{"contacts":[{"first_name":"Ann","last_name":"Lee",
              "custom_fields_values":[{"field_code":"PHONE","values":[{"value":"+15550100","enum_code":"MOB"}]}]}],
              "companies":[{"name":"Example Ltd"}]}}]
            """);
        Assert.Equal(200, answer.Status);
        JsonNode result = answer.Json.AsArray()[0]!;
        SimulatedLead lead = account.Simulator.Leads.Single();
        Assert.Equal(lead.ContactIds.Single(), result["contact_id"]!.GetValue<long>());
        Assert.Equal(lead.CompanyId, result["company_id"]!.GetValue<long>());
        Assert.Equal("0", result["request_id"]![0]!.GetValue<string>());
        Assert.False(result["merged"]!.GetValue<bool>());
        Assert.Equal("Ann Lee", account.Simulator.Contacts.Single().Name);
        Assert.Equal("MOB", account.Simulator.Contacts.Single().Fields.Single().Values.Single().EnumCode);
    }

    [Fact]
    public async Task Leads_in_the_bin_are_listed_only_when_asked_for()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        IReadOnlyList<long> ids = account.Simulator.CreateLeads(2);
        account.Simulator.DeleteLead(ids[0]);
        Assert.Equal(ids[1], (await account.GetAsync("/api/v4/leads")).Embedded("leads").Single()!["id"]!.GetValue<long>());
        JsonNode deleted = (await account.GetAsync("/api/v4/leads?with=only_deleted")).Embedded("leads").Single()!;
        Assert.Equal((ids[0], true), (deleted["id"]!.GetValue<long>(), deleted["is_deleted"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task What_is_null_is_cleared_and_what_is_left_out_stays()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        long id = (await account.PostAsync("/api/v4/leads", """
            [{"name":"a","price":5,"status_id":143,"loss_reason_id":4200001,"custom_fields_values":[{"field_id":700001,"values":[{"value":"x"}]}]}]
            """)).Id("leads");
        await account.PatchAsync($"/api/v4/leads/{id}", """{"price":null}""");
        JsonNode read = (await account.GetAsync($"/api/v4/leads/{id}")).Json;
        Assert.Equal((0, "a", 4200001), (read["price"]!.GetValue<int>(), read["name"]!.ToString(), read["loss_reason_id"]!.GetValue<int>()));
        await account.PatchAsync($"/api/v4/leads/{id}", """{"loss_reason_id":null,"name":null,"custom_fields_values":null}""");
        read = (await account.GetAsync($"/api/v4/leads/{id}")).Json;
        Assert.Null(read["loss_reason_id"]);
        Assert.Null(read["custom_fields_values"]);
        Assert.Equal("", read["name"]!.ToString());
    }

    [Fact]
    public async Task A_page_in_the_middle_links_to_all_sides_and_unknown_parameters_change_nothing()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        account.Simulator.CreateLeads(5);
        JsonNode page = (await account.GetAsync("/api/v4/leads?limit=2&page=2&colour=red&filter[unknown]=1")).Json;
        Assert.Equal(2, page["_page"]!.GetValue<int>());
        Assert.Equal(["first", "next", "prev", "self"], page["_links"]!.AsObject().Select(link => link.Key).Order());
        Assert.EndsWith("page=1&limit=2", page["_links"]!["prev"]!["href"]!.ToString(), StringComparison.Ordinal);
        Assert.Contains("colour=red", page["_links"]!["next"]!["href"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fifty_complex_leads_are_the_most()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Assert.Equal(422, (await account.PostAsync("/api/v4/leads/complex", $"[{string.Join(',', Enumerable.Repeat("{}", 51))}]")).Status);
        Assert.Equal(200, (await account.PostAsync("/api/v4/leads/complex", $"[{string.Join(',', Enumerable.Repeat("{}", 50))}]")).Status);
    }
}
