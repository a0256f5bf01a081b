using System.Text.Json.Nodes;
using Kommo.Simulator.Tests.Support;

namespace Kommo.Simulator.Tests.Api;

public sealed class CallAndNoteTests
{
    [Fact]
    public async Task A_call_becomes_a_note_of_whoever_has_the_number()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        long contact = await PhoneAsync(account);
        Answer answer = await account.PostAsync("/api/v4/calls", """
            [{"direction":"inbound","phone":"8 (555) 010-0123","duration":60,"source":"pbx","uniq":"u","call_status":4,"request_id":"a"},
             {"direction":"outbound","phone":"+1 999 999 9999","request_id":"b"}]
            """);
        Assert.Equal((200, 1), (answer.Status, answer.Json["_total_items"]!.GetValue<int>()));
        Assert.Equal(("b", 263), (answer.Json["errors"]![0]!["request_id"]!.ToString(), answer.Json["errors"]![0]!["status"]!.GetValue<int>()));
        JsonNode call = answer.Embedded("calls").Single()!;
        Assert.Equal((contact, "contact", "a"), (call["entity_id"]!.GetValue<long>(), call["entity_type"]!.ToString(), call["request_id"]!.ToString()));
        SimulatedNote note = account.Simulator.Notes.Single();
        Assert.Equal(("call_in", 60), (note.NoteType, note.Params.GetProperty("duration").GetInt32()));
        Assert.Contains((await account.GetAsync("/api/v4/events")).Embedded("events"), one => one!["type"]!.ToString() == "incoming_call");
    }

    [Fact]
    public async Task When_nobody_has_any_number_the_answer_is_400_with_its_errors()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer answer = await account.PostAsync("/api/v4/calls", """[{"direction":"inbound","phone":"+1 999 999 9999"}]""");
        Assert.Equal((400, 0, 1), (answer.Status, answer.Json["_total_items"]!.GetValue<int>(), answer.Json["errors"]!.AsArray().Count));
    }

    [Theory]
    [InlineData("""[{"phone":"1"}]""", "NotSupportedChoice direction")]
    [InlineData("""[{"direction":"inbound"}]""", "FieldMissing phone")]
    [InlineData("""[{"direction":"inbound","phone":"1","call_status":8}]""", "NotSupportedChoice call_status")]
    public async Task A_bad_call_is_refused(string body, string error)
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer answer = await account.PostAsync("/api/v4/calls", body);
        Assert.Equal((400, error), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task The_popup_of_a_call_takes_a_form()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        long contact = await PhoneAsync(account);
        using FormUrlEncodedContent form = new(new Dictionary<string, string>
        {
            ["add[0][type]"] = "phone_call",
            ["add[0][phone_number]"] = "+15550100123",
            ["add[0][users][]"] = "8000001",
        });
        using HttpResponseMessage response = await account.Http.PostAsync("/api/v2/events/", form);
        JsonNode body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal((200, contact, 1), ((int)response.StatusCode, body["_embedded"]!["items"]![0]!["element_id"]!.GetValue<long>(), body["_embedded"]!["items"]![0]!["element_type"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Notes_are_pinned_and_unpinned()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        long lead = account.Simulator.CreateLeads(1)[0];
        long note = account.Simulator.AddNote(EntityKind.Lead, lead, "x");
        string path = $"/api/v4/leads/{lead}/notes/{note}";
        Assert.Equal(204, (await account.PostAsync($"{path}/pin", "")).Status);
        Assert.True((await account.GetAsync($"{path}?with=is_pinned")).Json["is_pinned"]!.GetValue<bool>());
        Assert.Equal(204, (await account.PostAsync($"{path}/unpin", "")).Status);
        Assert.False((await account.GetAsync($"{path}?with=is_pinned")).Json["is_pinned"]!.GetValue<bool>());
        Assert.False((await account.GetAsync(path)).Json.AsObject().ContainsKey("is_pinned"));
        Assert.Equal(404, (await account.PostAsync("/api/v4/leads/1/notes/1/pin", "")).Status);
    }

    private static async Task<long> PhoneAsync(TestAccount account) => (await account.PostAsync("/api/v4/contacts", """
        [{"name":"Ann","custom_fields_values":[{"field_code":"PHONE","values":[{"value":"+1 555 010-0123","enum_code":"WORK"}]}]}]
        """)).Id("contacts");
}
