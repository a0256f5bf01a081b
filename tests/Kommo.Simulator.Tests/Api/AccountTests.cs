using System.Text.Json.Nodes;
using Kommo.Simulator.Tests.Support;

namespace Kommo.Simulator.Tests.Api;

public sealed class AccountTests
{
    [Fact]
    public async Task The_account_gives_more_when_asked_with()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        JsonObject plain = (await account.GetAsync("/api/v4/account")).Json.AsObject();
        Assert.Equal((30000001, "example"), (plain["id"]!.GetValue<long>(), plain["subdomain"]!.GetValue<string>()));
        Assert.False(plain.ContainsKey("_embedded"));
        JsonNode full = (await account.GetAsync("/api/v4/account?with=task_types,users_groups,amojo_id,version,datetime_settings,drive_url")).Json;
        Assert.Equal([1, 2, 3], full["_embedded"]!["task_types"]!.AsArray().Select(type => type!["id"]!.GetValue<int>()));
        Assert.Equal("UTC", full["_embedded"]!["datetime_settings"]!["timezone"]!.GetValue<string>());
        Assert.NotNull(full["amojo_id"]);
    }

    [Fact]
    public async Task Users_and_pipelines_are_listed_and_read()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer users = await account.GetAsync("/api/v4/users");
        Assert.Equal((3, 1), (users.Json["_total_items"]!.GetValue<int>(), users.Json["_page_count"]!.GetValue<int>()));
        Assert.True((await account.GetAsync("/api/v4/users/8000001")).Json["rights"]!["is_admin"]!.GetValue<bool>());
        JsonArray pipelines = (await account.GetAsync("/api/v4/leads/pipelines")).Embedded("pipelines");
        JsonArray statuses = pipelines[0]!["_embedded"]!["statuses"]!.AsArray();
        Assert.Equal(1, statuses[0]!["type"]!.GetValue<int>());
        Assert.Equal([142, 143], statuses.Select(status => status!["id"]!.GetValue<long>()).Where(id => id < 1000));
        Assert.Equal(10000, (await account.GetAsync("/api/v4/leads/pipelines/5000002/statuses/142")).Json["sort"]!.GetValue<int>());
        Assert.Equal(204, (await account.GetAsync("/api/v4/leads/pipelines/1")).Status);
        Assert.Equal(204, (await account.GetAsync("/api/v4/users/1")).Status);
    }

    [Fact]
    public async Task Contacts_and_companies_are_written_found_and_linked()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        long company = (await account.PostAsync("/api/v4/companies", """[{"name":"Example Ltd"}]""")).Embedded("companies")[0]!["id"]!.GetValue<long>();
        Answer created = await account.PostAsync("/api/v4/contacts", $$$"""
            [{"first_name":"Ann","last_name":"Lee","_embedded":{"companies":[{"id":{{{company}}}}]},
              "custom_fields_values":[{"field_code":"EMAIL","values":[{"value":"ann@example.com"}]}]}]
            """);
        long contact = created.Embedded("contacts")[0]!["id"]!.GetValue<long>();
        long lead = account.Simulator.CreateLeads(1, contactId: contact)[0];
        JsonNode found = (await account.GetAsync("/api/v4/contacts?query=ann@example&with=leads")).Embedded("contacts").Single()!;
        Assert.Equal(("Ann Lee", contact), (found["name"]!.GetValue<string>(), found["id"]!.GetValue<long>()));
        Assert.Equal("WORK", found["custom_fields_values"]![0]!["values"]![0]!["enum_code"]!.GetValue<string>());
        Assert.Equal(lead, found["_embedded"]!["leads"]![0]!["id"]!.GetValue<long>());
        Assert.Equal(company, found["_embedded"]!["companies"]![0]!["id"]!.GetValue<long>());
        JsonNode read = (await account.GetAsync($"/api/v4/companies/{company}?with=contacts")).Json;
        Assert.Equal(contact, read["_embedded"]!["contacts"]![0]!["id"]!.GetValue<long>());
    }

    [Fact]
    public async Task Custom_fields_are_listed_with_their_options()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        JsonArray fields = (await account.GetAsync("/api/v4/contacts/custom_fields")).Embedded("custom_fields");
        JsonNode phone = fields.Single(field => field!["code"]?.GetValue<string>() == "PHONE")!;
        Assert.Equal("multitext", phone["type"]!.GetValue<string>());
        Assert.Contains("MOB", phone["enums"]!.AsArray().Select(option => option!["code"]!.GetValue<string>()));
    }
}
