using System.Text.Json.Nodes;
using Kommo.Simulator.Tests.Support;

namespace Kommo.Simulator.Tests.Api;

public sealed class TaskAndNoteTests
{
    [Fact]
    public async Task A_task_is_made_found_by_its_lead_and_completed_with_a_result()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        long lead = account.Simulator.CreateLeads(1)[0];
        Answer created = await account.PostAsync("/api/v4/tasks", $$"""
            [{"text":"Call","complete_till":1800000000,"entity_id":{{lead}},"entity_type":"leads","request_id":"t"},{"text":"Loose","complete_till":1}]
            """);
        JsonNode first = created.Embedded("tasks")[0]!;
        Assert.Equal((200, "t"), (created.Status, first["request_id"]!.GetValue<string>()));
        long id = first["id"]!.GetValue<long>();
        string open = $"/api/v4/tasks?filter[entity_type]=leads&filter[entity_id][]={lead}&filter[is_completed]=0";
        JsonNode task = (await account.GetAsync(open)).Embedded("tasks").Single()!;
        Assert.Equal(("Call", "leads", 1L), (task["text"]!.GetValue<string>(), task["entity_type"]!.GetValue<string>(), task["task_type_id"]!.GetValue<long>()));
        Assert.Equal(1800000000, (await account.GetAsync($"/api/v4/leads/{lead}")).Json["closest_task_at"]!.GetValue<long>());
        Answer done = await account.PatchAsync($"/api/v4/tasks/{id}", """{"is_completed":true,"result":{"text":"Reached"}}""");
        Assert.Equal((200, id), (done.Status, done.Json["id"]!.GetValue<long>()));
        Assert.Equal(204, (await account.GetAsync(open)).Status);
        JsonNode read = (await account.GetAsync($"/api/v4/tasks/{id}")).Json;
        Assert.Equal((true, "Reached"), (read["is_completed"]!.GetValue<bool>(), read["result"]!["text"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Tasks_are_ordered_by_what_is_asked_for()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        await account.PostAsync("/api/v4/tasks", """[{"text":"b","complete_till":20},{"text":"a","complete_till":10},{"text":"c","complete_till":30}]""");
        Answer answer = await account.GetAsync("/api/v4/tasks?order[complete_till]=desc");
        Assert.Equal(["c", "b", "a"], answer.Embedded("tasks").Select(task => task!["text"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_task_without_a_result_reads_back_with_an_empty_array()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        await account.PostAsync("/api/v4/tasks", """[{"text":"a","complete_till":10}]""");
        Assert.Empty((await account.GetAsync("/api/v4/tasks")).Embedded("tasks")[0]!["result"]!.AsArray());
    }

    [Fact]
    public async Task Notes_are_written_both_ways_and_read_by_entity()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        IReadOnlyList<long> leads = account.Simulator.CreateLeads(2);
        Answer byCollection = await account.PostAsync("/api/v4/leads/notes", $$$"""
            [{"entity_id":{{{leads[0]}}},"note_type":"common","params":{"text":"one"}},
             {"entity_id":{{{leads[1]}}},"note_type":"sms_in","params":{"text":"two","phone":"+1"}}]
            """);
        Answer byEntity = await account.PostAsync($"/api/v4/leads/{leads[0]}/notes", """[{"note_type":"common","params":{"text":"three"},"request_id":"n"}]""");
        Assert.Equal((200, 200), (byCollection.Status, byEntity.Status));
        Assert.Equal("n", byEntity.Embedded("notes")[0]!["request_id"]!.GetValue<string>());
        Assert.Equal(leads[0], byEntity.Embedded("notes")[0]!["entity_id"]!.GetValue<long>());
        Assert.Equal(["one", "three"], await TextsAsync(account, $"/api/v4/leads/{leads[0]}/notes"));
        Assert.Equal(["two"], await TextsAsync(account, "/api/v4/leads/notes?filter[note_type]=sms_in"));
        Assert.Equal(["two"], await TextsAsync(account, $"/api/v4/leads/notes?filter[entity_id][]={leads[1]}"));
        Assert.Equal(204, (await account.GetAsync("/api/v4/contacts/notes")).Status);
    }

    [Fact]
    public async Task A_note_is_changed_under_its_own_lead_only()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        IReadOnlyList<long> leads = account.Simulator.CreateLeads(2);
        long note = account.Simulator.AddNote(EntityKind.Lead, leads[0], "before");
        Assert.Equal(404, (await account.PatchAsync($"/api/v4/leads/{leads[1]}/notes/{note}", """{"params":{"text":"x"}}""")).Status);
        Assert.Equal(200, (await account.PatchAsync($"/api/v4/leads/{leads[0]}/notes/{note}", """{"params":{"text":"after"}}""")).Status);
        Assert.Equal("after", account.Simulator.Notes.Single().Text);
        Assert.Equal(204, (await account.GetAsync($"/api/v4/leads/{leads[1]}/notes/{note}")).Status);
    }

    private static async Task<IEnumerable<string>> TextsAsync(TestAccount account, string path) =>
        (await account.GetAsync(path)).Embedded("notes").Select(note => note!["params"]!["text"]!.GetValue<string>());
}
