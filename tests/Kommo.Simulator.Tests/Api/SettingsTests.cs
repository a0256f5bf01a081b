using System.Text.Json.Nodes;
using Kommo.Simulator.Tests.Support;

namespace Kommo.Simulator.Tests.Api;

public sealed class SettingsTests
{
    [Fact]
    public async Task Sources_are_told_apart_by_their_external_id()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer made = await account.PostAsync("/api/v4/sources", """[{"name":"Shop","external_id":"shop","default":true},{"name":"Blog","external_id":"blog"}]""");
        Assert.Equal((200, 5000001), (made.Status, made.Embedded("sources")[0]!["pipeline_id"]!.GetValue<int>()));
        Assert.Equal("NotUnique external_id", (await account.PostAsync("/api/v4/sources", """[{"name":"x","external_id":"shop"}]""")).Error);
        Assert.Equal("Blog", (await account.GetAsync("/api/v4/sources?filter[external_id][]=blog")).Embedded("sources").Single()!["name"]!.ToString());
        Assert.Equal(404, (await account.GetAsync("/api/v4/sources/1")).Status);
        long lead = (await account.PostAsync("/api/v4/leads", """[{"name":"x","_embedded":{"source":{"external_id":"shop","type":"widget"}}}]""")).Id("leads");
        JsonNode read = (await account.GetAsync($"/api/v4/leads/{lead}?with=source,source_id")).Json;
        Assert.Equal((made.Id("sources"), "Shop"), (read["source_id"]!.GetValue<long>(), read["_embedded"]!["source"]!["name"]!.ToString()));
        Assert.Equal(204, (await account.DeleteAsync("/api/v4/sources", $$"""[{"id":{{made.Id("sources")}}}]""")).Status);
        Assert.Equal(204, (await account.DeleteAsync($"/api/v4/sources/{made.Embedded("sources")[1]!["id"]}")).Status);
        Assert.Equal(204, (await account.GetAsync("/api/v4/sources")).Status);
    }

    [Fact]
    public async Task A_write_holds_50_sources_and_an_integration_100()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        string Body(int from, int count) => $"[{string.Join(',', Enumerable.Range(from, count).Select(number => $$"""{"name":"s","external_id":"{{number}}"}"""))}]";
        Assert.Equal("Limit 50 per page", (await account.PostAsync("/api/v4/sources", Body(0, 51))).Error);
        Assert.Equal((200, 200), ((await account.PostAsync("/api/v4/sources", Body(0, 50))).Status, (await account.PostAsync("/api/v4/sources", Body(50, 50))).Status));
        Assert.Equal(422, (await account.PostAsync("/api/v4/sources", Body(100, 1))).Status);
    }

    [Fact]
    public async Task Users_are_made_with_201_and_may_then_act()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        long role = (await account.PostAsync("/api/v4/roles", """[{"name":"Sales","rights":{"leads":{"view":"A"}}}]""")).Id("roles");
        Answer made = await account.PostAsync("/api/v4/users", $$"""[{"name":"New","email":"new@example.com","password":"secret","rights":{"role_id":{{role}} } }]""");
        JsonNode user = made.Embedded("users")[0]!;
        Assert.Equal((201, false), (made.Status, user.AsObject().ContainsKey("password")));
        Assert.Equal("NotUnique email", (await account.PostAsync("/api/v4/users", """[{"name":"x","email":"new@example.com","password":"p"}]""")).Error);
        Assert.Equal("Sales", (await account.GetAsync($"/api/v4/users/{user["id"]}?with=role")).Json["_embedded"]!["roles"]![0]!["name"]!.ToString());
        Assert.Equal(user["id"]!.GetValue<long>(), (await account.GetAsync($"/api/v4/roles/{role}?with=users")).Json["_embedded"]!["users"]![0]!.GetValue<long>());
        Answer asNew = await account.SendAsync(HttpMethod.Get, "/api/v4/account", null, user["id"]!.GetValue<long>());
        Assert.Equal(user["id"]!.GetValue<long>(), asNew.Json["current_user_id"]!.GetValue<long>());
        Assert.Equal(401, (await account.SendAsync(HttpMethod.Get, "/api/v4/account", null, 1)).Status);
        Assert.Equal(4, (await account.GetAsync("/api/v4/users/active")).Embedded("users").Count);
        Assert.Equal(204, (await account.GetAsync("/api/v4/users/inactive")).Status);
        string eleven = string.Join(',', Enumerable.Repeat("""{"name":"x"}""", 11));
        Assert.Equal(422, (await account.PostAsync("/api/v4/users", $"[{eleven}]")).Status);
        Assert.Equal(403, (await account.AsSellerAsync(HttpMethod.Get, "/api/v4/users", null)).Status);
    }

    [Fact]
    public async Task Roles_are_changed_with_202_and_deleted()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer made = await account.PostAsync("/api/v4/roles", """[{"name":"Sales","rights":{}}]""");
        Assert.Equal(201, made.Status);
        Answer changed = await account.PatchAsync($"/api/v4/roles/{made.Id("roles")}", """{"name":"Support"}""");
        Assert.Equal((202, "Support"), (changed.Status, changed.Json["name"]!.ToString()));
        Assert.Equal(204, (await account.DeleteAsync($"/api/v4/roles/{made.Id("roles")}")).Status);
        Assert.Equal(204, (await account.GetAsync("/api/v4/roles")).Status);
        Assert.Equal("FieldMissing rights", (await account.PostAsync("/api/v4/roles", """[{"name":"x"}]""")).Error);
    }

    [Fact]
    public async Task A_widget_is_installed_with_the_settings_that_it_asks_for()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        const string Path = "/api/v4/widgets/simulator_widget";
        Assert.Equal(2, (await account.GetAsync("/api/v4/widgets")).Embedded("widgets").Count);
        Assert.Equal("FieldMissing login", (await account.PostAsync(Path, """{"note":"x"}""")).Error);
        Answer installed = await account.PostAsync(Path, """{"login":"me"}""");
        Assert.Equal((200, true, "me"), (installed.Status, installed.Json["is_active_in_account"]!.GetValue<bool>(), installed.Json["settings"]!["login"]!.ToString()));
        Assert.Equal(204, (await account.DeleteAsync(Path)).Status);
        Assert.False((await account.GetAsync(Path)).Json["is_active_in_account"]!.GetValue<bool>());
        Assert.Equal(404, (await account.PostAsync("/api/v4/widgets/nothing", """{"login":"me"}""")).Status);
        Assert.Equal(403, (await account.AsSellerAsync(HttpMethod.Post, Path, """{"login":"me"}""")).Status);
    }

    [Fact]
    public async Task Website_buttons_are_made_later_than_asked()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer made = await account.PostAsync("/api/v4/website_buttons", """{"pipeline_id":5000001,"trusted_websites":["example.com"],"name":"Shop"}""");
        long id = made.Json["source_id"]!.GetValue<long>();
        Assert.Equal(202, made.Status);
        Answer chat = await account.PostAsync($"/api/v4/website_buttons/{id}/online_chat", "");
        Assert.Equal((202, ""), (chat.Status, chat.Text));
        Answer changed = await account.PatchAsync($"/api/v4/website_buttons/{id}", """{"trusted_websites":{"add":["example.org"]}}""");
        Assert.Equal(["example.com", "example.org"], changed.Json["trusted_websites"]!.AsArray().Select(site => site!.ToString()));
        Assert.NotNull((await account.GetAsync($"/api/v4/website_buttons/{id}?with=scripts")).Json["script"]);
        Assert.Equal("NotSupportedChoice pipeline_id", (await account.PostAsync("/api/v4/website_buttons", """{"pipeline_id":1}""")).Error);
    }

    [Fact]
    public async Task Short_links_products_currencies_and_subscriptions_answer()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        long contact = account.Simulator.CreateContacts(1)[0];
        long lead = account.Simulator.CreateLeads(1)[0];
        Answer link = await account.PostAsync("/api/v4/short_links", $$"""[{"url":"https://example.com/a","metadata":{"entity_id":{{contact}},"entity_type":"contacts"} }]""");
        Assert.StartsWith("https://", link.Embedded("short_links")[0]!["url"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("InvalidUrl url", (await account.PostAsync("/api/v4/short_links", """[{"url":"x","metadata":{}}]""")).Error);
        Assert.False((await account.GetAsync("/api/v4/products/settings")).Json["is_enabled"]!.GetValue<bool>());
        Answer products = await account.PatchAsync("/api/v4/products/settings", """{"is_enabled":true}""");
        Assert.Equal("products", (await account.GetAsync($"/api/v4/catalogs/{products.Json["catalog_id"]}")).Json["type"]!.ToString());
        Assert.Equal("USD", (await account.GetAsync("/api/v4/currencies")).Embedded("currencies")[0]!["code"]!.ToString());
        Assert.Equal(8000001, (await account.GetAsync($"/api/v4/leads/{lead}/subscriptions")).Embedded("subscriptions")[0]!["subscriber_id"]!.GetValue<int>());
        Assert.Equal(404, (await account.GetAsync("/api/v4/customers/1/subscriptions")).Status);
    }
}
