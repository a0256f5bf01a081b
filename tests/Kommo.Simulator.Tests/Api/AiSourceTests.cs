using Kommo.Simulator.Tests.Support;

namespace Kommo.Simulator.Tests.Api;

public sealed class AiSourceTests
{
    [Fact]
    public async Task A_source_is_made_once()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        const string Body = """{"url":"https://example.com/help","available_functions":["agent"],"code":"shipping_policy"}""";
        Answer made = await account.PostAsync("/api/v2/sources/url", Body);
        Assert.Equal((201, "https://example.com/help"), (made.Status, made.Json["name"]!.ToString()));
        Answer again = await account.PostAsync("/api/v2/sources/url", Body);
        Assert.Equal((409, "source_already_exists"), (again.Status, again.Json["error_reason"]!.ToString()));
        Assert.Equal(201, (await account.PostAsync("/api/v2/sources/url", Body.Replace("{", """{"with_nested":true,""", StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task Products_are_imported_once_the_account_has_some()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        const string Path = "/api/v2/agent/knowledges/products/import";
        Assert.Equal(422, (await account.PostAsync(Path, "")).Status);
        await account.PatchAsync("/api/v4/products/settings", """{"is_enabled":true}""");
        Answer started = await account.PostAsync(Path, "");
        Assert.Equal((201, "success"), (started.Status, started.Json["status"]!.ToString()));
    }

    [Theory]
    [InlineData("text", """{"name":"n","text":"long enough text","lang":"en","available_functions":["agent"]}""", 201)]
    [InlineData("text", """{"name":"n","text":"short","lang":"en","available_functions":["agent"]}""", 400)]
    [InlineData("text", """{"name":"n","text":"long enough text","lang":"xx","available_functions":["agent"]}""", 400)]
    [InlineData("text", """{"name":"n","text":"long enough text","lang":"en","available_functions":["agent","suggested_reply"]}""", 400)]
    [InlineData("url", """{"url":"ftp://example.com","available_functions":["agent"]}""", 400)]
    [InlineData("url", """{"url":"https://example.com","available_functions":["agent"],"code":"menu"}""", 400)]
    [InlineData("file", """{"url":"https://example.com","file_uuid":"none","lang":"en","available_functions":["agent"]}""", 400)]
    public async Task Each_kind_has_its_rules(string kind, string body, int status)
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer answer = await account.PostAsync($"/api/v2/sources/{kind}", body);
        Assert.Equal(status, answer.Status);
        Assert.Equal(status != 201, answer.Json.AsObject().ContainsKey("error_reason"));
    }
}
