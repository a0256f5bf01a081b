using System.Text.Json.Nodes;
using Kommo.Simulator.Tests.Support;

namespace Kommo.Simulator.Tests.Api;

public sealed class PipelineTests
{
    private const string New = """[{"name":"Renewals","sort":30,"is_main":false,"is_unsorted_on":true,"request_id":"p","_embedded":{"statuses":[{"name":"First","sort":20,"color":"#fffeb2"},{"id":142,"name":"Renewed"}]}}]""";

    [Fact]
    public async Task A_new_pipeline_has_the_systems_stages_around_its_own()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer answer = await account.PostAsync("/api/v4/leads/pipelines", New);
        Assert.Equal((200, "p"), (answer.Status, answer.Embedded("pipelines")[0]!["request_id"]!.ToString()));
        JsonArray statuses = answer.Embedded("pipelines")[0]!["_embedded"]!["statuses"]!.AsArray();
        Assert.Equal(["Incoming leads", "First", "Renewed", "Closed - lost"], statuses.Select(status => status!["name"]!.ToString()));
        Assert.Equal(["10", "20", "10000", "11000"], statuses.Select(status => status!["sort"]!.ToString()));
        Assert.Equal(["1", "0", "0", "0"], statuses.Select(status => status!["type"]!.ToString()));
        Assert.Equal([false, true, false, false], statuses.Select(status => status!["is_editable"]!.GetValue<bool>()));
        long id = answer.Id("pipelines");
        Assert.Equal("Renewals", (await account.GetAsync($"/api/v4/leads/pipelines/{id}")).Json["name"]!.ToString());
        Assert.Equal(3, (await account.GetAsync("/api/v4/leads/pipelines")).Json["_total_items"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_main_pipeline_is_one_and_new_leads_go_there()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        long id = (await account.PostAsync("/api/v4/leads/pipelines", New)).Id("pipelines");
        Assert.Equal(200, (await account.PatchAsync($"/api/v4/leads/pipelines/{id}", """{"is_main":true}""")).Status);
        JsonArray pipelines = (await account.GetAsync("/api/v4/leads/pipelines")).Embedded("pipelines");
        Assert.Equal(id, pipelines.Single(pipeline => pipeline!["is_main"]!.GetValue<bool>())!["id"]!.GetValue<long>());
        await account.PostAsync("/api/v4/leads", """[{"name":"x"}]""");
        Assert.Equal(id, account.Simulator.Leads.Single().PipelineId);
    }

    [Fact]
    public async Task A_pipeline_with_leads_and_the_last_one_are_not_deleted()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        long lead = account.Simulator.CreateLeads(1)[0];
        Assert.Equal(400, (await account.DeleteAsync("/api/v4/leads/pipelines/5000001")).Status);
        Assert.Equal(204, (await account.DeleteAsync("/api/v4/leads/pipelines/5000002")).Status);
        account.Simulator.DeleteLead(lead);
        Assert.Equal(400, (await account.DeleteAsync("/api/v4/leads/pipelines/5000001")).Status);
        Assert.Equal(404, (await account.DeleteAsync("/api/v4/leads/pipelines/5000002")).Status);
    }

    [Theory]
    [InlineData("""[{"name":"x","sort":1,"color":"#123456"}]""", "NotSupportedChoice color")]
    [InlineData("""[{"sort":1}]""", "FieldMissing name")]
    [InlineData("""[{"name":"x"}]""", "FieldMissing sort")]
    [InlineData("""[{"name":"x","sort":1,"descriptions":[{"level":"king","description":"y"}]}]""", "NotSupportedChoice descriptions.0.level")]
    public async Task A_bad_stage_is_refused(string body, string error)
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer answer = await account.PostAsync("/api/v4/leads/pipelines/5000001/statuses", body);
        Assert.Equal((400, error), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task Stages_are_made_changed_described_and_deleted_with_their_leads_moved()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        const string All = "/api/v4/leads/pipelines/5000001/statuses";
        long id = (await account.PostAsync(All, """[{"name":"Trial","sort":25,"color":"#98cbff","descriptions":[{"level":"newbie","description":"d"}]}]""")).Id("statuses");
        Assert.Equal(200, (await account.PatchAsync($"{All}/{id}", """{"name":"Test drive"}""")).Status);
        JsonNode read = (await account.GetAsync($"{All}/{id}?with=descriptions")).Json;
        Assert.Equal(("Test drive", "newbie"), (read["name"]!.ToString(), read["descriptions"]![0]!["level"]!.ToString()));
        long lead = account.Simulator.CreateLeads(1)[0];
        account.Simulator.MoveLead(lead, id);
        Assert.Equal(204, (await account.DeleteAsync($"{All}/{id}")).Status);
        Assert.Equal(50000011, account.Simulator.FindLead(lead)!.StatusId);
        Assert.Equal(404, (await account.DeleteAsync($"{All}/{id}")).Status);
    }

    [Fact]
    public async Task The_systems_stages_are_renamed_but_neither_coloured_nor_deleted()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        const string Won = "/api/v4/leads/pipelines/5000001/statuses/142";
        await account.PatchAsync(Won, """{"name":"Hooray","color":"#fffeb2","sort":1}""");
        JsonNode read = (await account.GetAsync(Won)).Json;
        Assert.Equal(("Hooray", "#CCFF66", 10000), (read["name"]!.ToString(), read["color"]!.ToString(), read["sort"]!.GetValue<int>()));
        Assert.Equal(400, (await account.DeleteAsync(Won)).Status);
    }

    [Fact]
    public async Task There_are_at_most_50_pipelines_and_100_stages()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        string one = """{"name":"p","sort":1,"is_main":false,"is_unsorted_on":false}""";
        Assert.Equal(200, (await account.PostAsync("/api/v4/leads/pipelines", $"[{string.Join(',', Enumerable.Repeat(one, 48))}]")).Status);
        Assert.Equal(422, (await account.PostAsync("/api/v4/leads/pipelines", $"[{one}]")).Status);
        string stage = """{"name":"s","sort":30}""";
        Assert.Equal(422, (await account.PostAsync("/api/v4/leads/pipelines/5000001/statuses", $"[{string.Join(',', Enumerable.Repeat(stage, 95))}]")).Status);
        Assert.Equal(200, (await account.PostAsync("/api/v4/leads/pipelines/5000001/statuses", $"[{string.Join(',', Enumerable.Repeat(stage, 94))}]")).Status);
    }

    [Fact]
    public async Task Only_an_admin_changes_pipelines()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Assert.Equal(403, (await account.AsSellerAsync(HttpMethod.Post, "/api/v4/leads/pipelines", New)).Status);
        Assert.Equal(403, (await account.AsSellerAsync(HttpMethod.Delete, "/api/v4/leads/pipelines/5000002/statuses/50000021", null)).Status);
        Assert.Equal(200, (await account.AsSellerAsync(HttpMethod.Get, "/api/v4/leads/pipelines", null)).Status);
    }

    [Fact]
    public async Task Loss_reasons_are_made_listed_and_told_with_a_lost_lead()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        long reason = (await account.PostAsync("/api/v4/leads/loss_reasons", """[{"name":"Moved away","sort":5}]""")).Id("loss_reasons");
        Assert.Equal(3, (await account.GetAsync("/api/v4/leads/loss_reasons")).Embedded("loss_reasons").Count);
        long lead = account.Simulator.CreateLeads(1)[0];
        Assert.Equal("NotSupportedChoice loss_reason_id", (await account.PatchAsync($"/api/v4/leads/{lead}", """{"loss_reason_id":1}""")).Error);
        await account.PatchAsync($"/api/v4/leads/{lead}", $$"""{"status_id":143,"loss_reason_id":{{reason}}}""");
        JsonNode read = (await account.GetAsync($"/api/v4/leads/{lead}?with=loss_reason")).Json;
        Assert.Equal((reason, "Moved away"), (read["loss_reason_id"]!.GetValue<long>(), read["_embedded"]!["loss_reason"]![0]!["name"]!.ToString()));
        await account.PatchAsync($"/api/v4/leads/{lead}", """{"loss_reason_id":null}""");
        Assert.Null((await account.GetAsync($"/api/v4/leads/{lead}")).Json["loss_reason_id"]);
    }
}
