using System.Text.Json.Nodes;
using Kommo.Simulator.Tests.Support;

namespace Kommo.Simulator.Tests.Api;

public sealed class CustomerTests
{
    [Fact]
    public async Task A_customer_is_made_changed_and_read_with_what_belongs_to_it()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        long contact = account.Simulator.CreateContacts(1)[0];
        long company = account.Simulator.CreateCompanies(1)[0];
        long segment = (await account.PostAsync("/api/v4/customers/segments", """[{"name":"Gold","color":"ff8f92"}]""")).Id("segments");
        long id = (await account.PostAsync("/api/v4/customers", $$"""
            [{"name":"Ann","next_price":500,"next_date":1800000000,"tags_to_add":[{"name":"vip"}],
              "_embedded":{"contacts":[{"id":{{contact}} }],"companies":[{"id":{{company}} }],"segments":[{"id":{{segment}} }]} }]
            """)).Id("customers");
        Assert.Equal(200, (await account.PatchAsync("/api/v4/customers", $$"""[{"id":{{id}},"periodicity":30,"next_date":null}]""")).Status);
        JsonNode read = (await account.GetAsync($"/api/v4/customers/{id}?with=contacts,companies,segments")).Json;
        Assert.Equal((500, 30, 0), (read["next_price"]!.GetValue<int>(), read["periodicity"]!.GetValue<int>(), read["purchases_count"]!.GetValue<int>()));
        Assert.Null(read["next_date"]);
        Assert.Equal(
            (contact, company, segment, "vip"),
            (Linked(read, "contacts"), Linked(read, "companies"), Linked(read, "segments"), read["_embedded"]!["tags"]![0]!["name"]!.ToString()));
        Assert.Equal(id, Linked((await account.GetAsync($"/api/v4/contacts/{contact}?with=customers")).Json, "customers"));
        Assert.Equal(1, (await account.GetAsync($"/api/v4/customers/segments/{segment}")).Json["customers_count"]!.GetValue<int>());
    }

    [Fact]
    public async Task Purchases_and_bonus_points_add_up()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        long id = (await account.PostAsync("/api/v4/customers", """[{"name":"Ann"}]""")).Id("customers");
        Answer made = await account.PostAsync($"/api/v4/customers/{id}/transactions", """[{"price":100,"comment":"a","next_price":70},{"price":300}]""");
        Assert.Equal(200, made.Status);
        JsonNode customer = (await account.GetAsync($"/api/v4/customers/{id}")).Json;
        Assert.Equal((400, 2, 200, 70), (Int(customer, "ltv"), Int(customer, "purchases_count"), Int(customer, "average_check"), Int(customer, "next_price")));
        Assert.Equal(2, (await account.GetAsync($"/api/v4/customers/transactions?filter[customer_id]={id}")).Embedded("transactions").Count);
        Assert.Equal(204, (await account.DeleteAsync($"/api/v4/customers/transactions/{made.Id("transactions")}")).Status);
        Assert.Equal(300, Int((await account.GetAsync($"/api/v4/customers/{id}")).Json, "ltv"));
        Assert.Equal(40, Int((await account.PostAsync($"/api/v4/customers/{id}/bonus_points", """{"earn":40}""")).Json, "bonus_points"));
        Assert.Equal(10, Int((await account.PostAsync($"/api/v4/customers/{id}/bonus_points", """{"redeem":30}""")).Json, "bonus_points"));
        Assert.Equal("TooHigh redeem", (await account.PostAsync($"/api/v4/customers/{id}/bonus_points", """{"redeem":30}""")).Error);
        Assert.Equal("FieldMissing price", (await account.PostAsync($"/api/v4/customers/{id}/transactions", """[{"comment":"free"}]""")).Error);
        Assert.Equal(404, (await account.PostAsync("/api/v4/customers/1/transactions", """[{"price":1}]""")).Status);
    }

    [Fact]
    public async Task Statuses_need_the_mode_of_periods_and_segments_that_of_segments()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Assert.Equal(422, (await account.GetAsync("/api/v4/customers/statuses")).Status);
        Assert.Equal(200, (await account.PatchAsync("/api/v4/customers/mode", """{"mode":"periodicity","is_enabled":true}""")).Status);
        Assert.Equal(422, (await account.GetAsync("/api/v4/customers/segments")).Status);
        long status = (await account.PostAsync("/api/v4/customers/statuses", """[{"name":"Sleeping","sort":30,"color":"#fffeb2"}]""")).Id("statuses");
        long id = (await account.PostAsync("/api/v4/customers", $$"""[{"name":"Ann","status_id":{{status}}}]""")).Id("customers");
        Assert.Equal(id, (await account.GetAsync($"/api/v4/customers?filter[status_id][]={status}")).Embedded("customers").Single()!["id"]!.GetValue<long>());
        Assert.Equal("Awake", (await account.PatchAsync($"/api/v4/customers/statuses/{status}", """{"name":"Awake"}""")).Json["name"]!.ToString());
        Assert.Equal(204, (await account.DeleteAsync($"/api/v4/customers/statuses/{status}")).Status);
        string many = string.Join(',', Enumerable.Repeat("""{"name":"s"}""", 29));
        Assert.Equal(422, (await account.PostAsync("/api/v4/customers/statuses", $"[{many}]")).Status);
    }

    [Fact]
    public async Task Without_the_function_everything_of_customers_is_422()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Assert.Equal("NotSupportedChoice mode", (await account.PatchAsync("/api/v4/customers/mode", """{"mode":"x","is_enabled":true}""")).Error);
        Assert.Equal(200, (await account.PatchAsync("/api/v4/customers/mode", """{"is_enabled":false}""")).Status);
        Assert.Equal("disabled", (await account.GetAsync("/api/v4/account")).Json["customers_mode"]!.ToString());
        foreach (string path in (string[])["customers", "customers/segments", "customers/statuses", "customers/transactions"])
        {
            Assert.Equal(422, (await account.GetAsync($"/api/v4/{path}")).Status);
        }
    }

    [Theory]
    [InlineData(false, "customers")]
    [InlineData(true, "leads")]
    public async Task Updates_answer_under_the_name_documented_or_the_one_seen(bool oddly, string name)
    {
        await using TestAccount account = await TestAccount.StartAsync(options => options.AnswersOddly = oddly);
        long id = (await account.PostAsync("/api/v4/customers", """[{"name":"Ann"}]""")).Id("customers");
        Assert.Equal(id, (await account.PatchAsync("/api/v4/customers", $$"""[{"id":{{id}},"name":"Eve"}]""")).Id(name));
    }

    private static int Int(JsonNode node, string name) => node[name]!.GetValue<int>();

    private static long Linked(JsonNode entity, string name) => entity["_embedded"]![name]!.AsArray().Single()!["id"]!.GetValue<long>();
}
