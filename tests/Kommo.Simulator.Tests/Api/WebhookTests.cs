using System.Text.Json.Nodes;
using Kommo.Simulator.Tests.Support;

namespace Kommo.Simulator.Tests.Api;

public sealed class WebhookTests
{
    private const string Path = "/api/v4/webhooks";

    [Fact]
    public async Task A_subscription_is_made_listed_replaced_and_deleted_by_its_destination()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Assert.Equal(204, (await account.GetAsync(Path)).Status);
        Answer made = await account.PostAsync(Path, """{"destination":"http://127.0.0.1:9/a","settings":["add_lead","add_task"],"sort":3}""");
        Answer again = await account.PostAsync(Path, """{"destination":"http://127.0.0.1:9/a","settings":["status_lead"]}""");
        Assert.Equal((201, 201), (made.Status, again.Status));
        Assert.Equal(made.Json["id"]!.GetValue<long>(), again.Json["id"]!.GetValue<long>());
        Answer list = await account.GetAsync($"{Path}?filter[destination]=http://127.0.0.1:9/a");
        JsonNode hook = list.Embedded("webhooks").Single()!;
        Assert.Equal(1, list.Json["_total_items"]!.GetValue<int>());
        Assert.Equal((false, 3, 30000001), (hook["disabled"]!.GetValue<bool>(), hook["sort"]!.GetValue<int>(), hook["account_id"]!.GetValue<long>()));
        Assert.Equal("status_lead", hook["settings"]!.AsArray().Single()!.GetValue<string>());
        Assert.Equal(204, (await account.GetAsync($"{Path}?filter[destination]=http://127.0.0.1:9/b")).Status);
        Assert.Equal(204, (await account.DeleteAsync(Path, """{"destination":"http://127.0.0.1:9/a"}""")).Status);
        Assert.Equal(404, (await account.DeleteAsync(Path, """{"destination":"http://127.0.0.1:9/a"}""")).Status);
    }

    [Theory]
    [InlineData("""{"destination":"http://127.0.0.1:9/a","settings":["complete_task"]}""", "settings.0")]
    [InlineData("""{"destination":"not a url","settings":["add_lead"]}""", "destination")]
    [InlineData("""{"settings":["add_lead"]}""", "destination")]
    [InlineData("""{"destination":"http://127.0.0.1:9/a"}""", "settings")]
    public async Task A_bad_subscription_is_refused(string body, string path)
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer answer = await account.PostAsync(Path, body);
        Assert.Equal((400, path), (answer.Status, answer.Json["validation-errors"]![0]!["errors"]![0]!["path"]!.GetValue<string>()));
    }

    [Fact]
    public async Task An_account_has_at_most_100_subscriptions()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        for (int index = 0; index < 100; index++)
        {
            account.Simulator.Subscribe(new Uri($"http://127.0.0.1:9/{index}"), "add_lead");
        }

        Answer answer = await account.PostAsync(Path, """{"destination":"http://127.0.0.1:9/more","settings":["add_lead"]}""");
        Assert.Equal((422, 100), (answer.Status, account.Simulator.Webhooks.Count));
    }
}
