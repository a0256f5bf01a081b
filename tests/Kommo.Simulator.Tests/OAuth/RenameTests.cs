using System.Text.Json.Nodes;
using Kommo.Simulator.Tests.Support;

namespace Kommo.Simulator.Tests.OAuth;

/// <summary>An account that is given another subdomain (Kommo: OAuth 2.0, account subdomain).</summary>
public sealed class RenameTests
{
    [Fact]
    public async Task Hosts_are_told_as_addresses_of_this_machine()
    {
        await using TestAccount account = await StartAsync();

        Assert.Equal(account.Simulator.BaseAddress.Authority, account.Simulator.Authorize().Referer);
        Assert.NotEqual(account.Simulator.BaseAddress.Authority, ShardOf(account));
    }

    [Theory]
    [InlineData(404, "text/html")]
    [InlineData(401, "application/problem+json")]
    public async Task After_a_rename_the_old_address_refuses_and_the_new_one_serves(int status, string type)
    {
        await using TestAccount account = await StartAsync();
        Uri old = account.Simulator.BaseAddress;

        account.Simulator.Rename("renamed", status);

        Answer there = await account.GetAsync("/api/v4/account");
        Assert.Equal((status, type), (there.Status, there.ContentType));
        using HttpClient moved = new() { BaseAddress = account.Simulator.BaseAddress };
        moved.DefaultRequestHeaders.Authorization = account.Http.DefaultRequestHeaders.Authorization;
        Assert.NotEqual(old, account.Simulator.BaseAddress);
        Assert.Equal("renamed", JsonNode.Parse(await moved.GetStringAsync("/api/v4/account"))!["subdomain"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_shard_knows_where_the_account_is()
    {
        await using TestAccount account = await StartAsync();
        using HttpClient shard = new() { BaseAddress = new Uri($"http://{ShardOf(account)}") };
        account.Simulator.Rename("renamed");
        shard.DefaultRequestHeaders.Add("X-Refresh-Token", account.Simulator.IssueTokens().RefreshToken);

        JsonNode answer = JsonNode.Parse(await shard.GetStringAsync("/oauth2/account/current/subdomain"))!;

        Assert.Equal(("renamed", account.Simulator.BaseAddress.Authority), (answer["subdomain"]!.GetValue<string>(), answer["domain"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_simulator_of_one_address_cannot_be_renamed()
    {
        await using TestAccount account = await TestAccount.StartAsync();

        Assert.Throws<InvalidOperationException>(() => account.Simulator.Rename("renamed"));
    }

    private static Task<TestAccount> StartAsync() => TestAccount.StartAsync(options => options.UseLoopbackHosts = true);

    private static string ShardOf(TestAccount account)
    {
        string claims = account.Simulator.Tokens[^1].AccessToken.Split('.')[1];
        JsonNode json = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(claims))!;
        return json["api_domain"]!.GetValue<string>();
    }
}
