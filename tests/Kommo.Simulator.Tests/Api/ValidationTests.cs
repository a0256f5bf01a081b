using System.Text.Json.Nodes;
using Kommo.Simulator.Tests.Support;

namespace Kommo.Simulator.Tests.Api;

public sealed class ValidationTests
{
    [Theory]
    [InlineData("leads", """[{"status_id":1}]""", "NotSupportedChoice", "status_id")]
    [InlineData("leads", """[{"status_id":50000021,"pipeline_id":5000001}]""", "NotSupportedChoice", "status_id")]
    [InlineData("leads", """[{"pipeline_id":1}]""", "NotSupportedChoice", "pipeline_id")]
    [InlineData("leads", """[{"responsible_user_id":1}]""", "NotSupportedChoice", "responsible_user_id")]
    [InlineData("leads", """[{"price":"10"}]""", "InvalidType", "price")]
    [InlineData("leads", """[{"name":5}]""", "InvalidType", "name")]
    [InlineData("leads", """[7]""", "InvalidType", "")]
    [InlineData("leads", """[{"custom_fields_values":[{"field_id":1,"values":[{"value":"x"}]}]}]""", "NotSupportedChoice", "custom_fields_values.0.field_id")]
    [InlineData("leads", """[{"custom_fields_values":[{"field_id":700004,"values":[{"enum_id":1}]}]}]""", "NotSupportedChoice", "custom_fields_values.0.values.0.enum_id")]
    [InlineData("leads", """[{"_embedded":{"contacts":[{"id":1}]}}]""", "NotSupportedChoice", "_embedded.contacts.0.id")]
    [InlineData("leads", """[{"tags_to_add":[{"id":1}]}]""", "NotSupportedChoice", "tags_to_add.0.id")]
    [InlineData("tasks", """[{"complete_till":1}]""", "FieldMissing", "text")]
    [InlineData("tasks", """[{"text":"x"}]""", "FieldMissing", "complete_till")]
    [InlineData("tasks", """[{"text":"x","complete_till":1,"entity_id":1,"entity_type":"leads"}]""", "NotSupportedChoice", "entity_id")]
    [InlineData("tasks", """[{"text":"x","complete_till":1,"task_type_id":99}]""", "NotSupportedChoice", "task_type_id")]
    [InlineData("leads/notes", """[{"entity_id":1,"note_type":"common","params":{"text":"x"}}]""", "NotSupportedChoice", "entity_id")]
    [InlineData("leads/notes", """[{"entity_id":1,"note_type":"mail_message","params":{"text":"x"}}]""", "NotSupportedChoice", "note_type")]
    [InlineData("leads/notes", """[{"entity_id":1,"note_type":"common","params":{}}]""", "FieldMissing", "params.text")]
    [InlineData("leads/notes", """[{"entity_id":1,"note_type":"common"}]""", "FieldMissing", "params")]
    public async Task A_bad_item_is_named_by_code_and_path(string route, string body, string code, string path)
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer answer = await account.PostAsync($"/api/v4/{route}", body);
        Assert.Equal((400, "application/problem+json"), (answer.Status, answer.ContentType));
        Assert.Equal("Request validation failed", answer.Json["detail"]!.GetValue<string>());
        JsonNode item = answer.Json["validation-errors"]!.AsArray().Single()!;
        Assert.Equal("0", item["request_id"]!.GetValue<string>());
        Assert.Contains(item["errors"]!.AsArray(), error =>
            error!["code"]!.GetValue<string>() == code && error["path"]!.GetValue<string>() == path
            && error["detail"]!.GetValue<string>().Length > 0);
    }

    [Fact]
    public async Task A_name_longer_than_255_is_refused()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Assert.Equal(200, (await account.PostAsync("/api/v4/leads", $$"""[{"name":"{{new string('n', 255)}}"}]""")).Status);
        Answer answer = await account.PostAsync("/api/v4/leads", $$"""[{"name":"{{new string('n', 256)}}"}]""");
        Assert.Equal("TooLong", answer.Json["validation-errors"]![0]!["errors"]![0]!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task One_bad_item_refuses_the_whole_write()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer answer = await account.PostAsync("/api/v4/leads", """[{"name":"good"},{"status_id":1,"request_id":"b"},{"name":"good"}]""");
        Assert.Equal(400, answer.Status);
        Assert.Equal("b", answer.Json["validation-errors"]!.AsArray().Single()!["request_id"]!.GetValue<string>());
        Assert.Empty(account.Simulator.Leads);
    }

    [Fact]
    public async Task On_demand_the_good_items_are_written_next_to_the_errors_of_the_bad()
    {
        await using TestAccount account = await TestAccount.StartAsync(options => options.WritesAreAllOrNothing = false);
        Answer answer = await account.PostAsync("/api/v4/leads", """[{"name":"good"},{"status_id":1}]""");
        Assert.Equal(200, answer.Status);
        Assert.Equal("0", answer.Embedded("leads").Single()!["request_id"]!.GetValue<string>());
        Assert.Equal("1", answer.Json["validation-errors"]!.AsArray().Single()!["request_id"]!.GetValue<string>());
        Assert.Equal(400, (await account.PostAsync("/api/v4/leads", """[{"status_id":1}]""")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{not json")]
    public async Task A_write_without_items_is_refused(string body)
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer answer = await account.PostAsync("/api/v4/leads", body);
        Assert.Equal((400, "Request data can not be empty"), (answer.Status, answer.Json["detail"]!.GetValue<string>()));
    }

    [Fact]
    public async Task More_than_250_items_are_422_and_250_pass()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer answer = await account.PostAsync("/api/v4/leads", Items(251));
        Assert.Equal((422, 0), (answer.Status, account.Simulator.Leads.Count));
        Assert.Equal(200, (await account.PostAsync("/api/v4/leads", Items(250))).Status);
        Assert.Equal(250, account.Simulator.Leads.Count);
    }

    [Fact]
    public async Task Updates_of_what_is_not_there_are_refused()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Assert.Equal(404, (await account.PatchAsync("/api/v4/leads/1", """{"name":"x"}""")).Status);
        Answer many = await account.PatchAsync("/api/v4/tasks", """[{"id":1,"text":"x"}]""");
        Assert.Equal("id", many.Json["validation-errors"]![0]!["errors"]![0]!["path"]!.GetValue<string>());
        Assert.Equal(404, (await account.PostAsync("/api/v4/leads/1/notes", """[{"note_type":"common","params":{"text":"x"}}]""")).Status);
    }

    [Fact]
    public async Task Unknown_routes_are_404_and_wrong_methods_405_with_a_problem_body()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer unknown = await account.GetAsync("/api/v4/nothing");
        Answer wrong = await account.DeleteAsync("/api/v4/leads", "{}");
        Assert.Equal((404, 404), (unknown.Status, unknown.Json["status"]!.GetValue<int>()));
        Assert.Equal((405, 405), (wrong.Status, wrong.Json["status"]!.GetValue<int>()));
        Assert.Equal(("application/problem+json", "application/problem+json"), (unknown.ContentType, wrong.ContentType));
    }

    private static string Items(int count) => $"[{string.Join(',', Enumerable.Repeat("{}", count))}]";
}
