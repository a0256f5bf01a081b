using System.Text.Json;
using Kommo.Tests.Support;

namespace Kommo.Tests.Entities;

public sealed class WritingTests
{
    [Fact]
    public async Task Created_entities_come_in_the_order_of_the_input_whatever_the_order_of_the_answer()
    {
        await using var server = await KommoServer.StartAsync(new Answer(
            200, """{"_embedded":{"leads":[{"id":12,"request_id":"mine"},{"id":11,"request_id":"1"},{"id":10,"request_id":0}]}}"""));

        var created = await server.BareClient().Leads.CreateInOneRequestAsync([new() { Name = "a" }, new() { Name = "b" }, new() { RequestId = "mine" }]);

        Assert.Equal([10, 11, 12], created.Select(entity => entity.Id));
        Assert.Equal("""[{"name":"a","request_id":"0"},{"name":"b","request_id":"1"},{"request_id":"mine"}]""", server.Requests.Single().Body);
        Assert.Equal("application/json", server.Requests.Single().Headers["Content-Type"]);
    }

    [Fact]
    public async Task A_request_id_made_by_the_client_avoids_those_of_the_caller()
    {
        await using var server = await KommoServer.StartAsync(new Answer(
            200, """{"_embedded":{"contacts":[{"id":1,"request_id":"1"},{"id":2,"request_id":"1_"}]}}"""));

        var created = await server.BareClient().Contacts.CreateInOneRequestAsync([new() { RequestId = "1" }, new()]);

        Assert.Equal([1, 2], created.Select(entity => entity.Id));
    }

    [Fact]
    public async Task Two_equal_request_ids_are_refused_before_anything_is_sent()
    {
        await using var server = await KommoServer.StartAsync(new Answer(200));

        await Assert.ThrowsAsync<ArgumentException>(() =>
            server.BareClient().Leads.CreateInOneRequestAsync([new() { RequestId = "x" }, new() { RequestId = "x" }]));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task An_answer_that_lacks_an_entity_is_an_error_of_unknown_fate()
    {
        await using var server = await KommoServer.StartAsync(new Answer(200, """{"_embedded":{"leads":[{"id":1,"request_id":"0"}]}}"""));

        var error = await Assert.ThrowsAsync<KommoUnexpectedResponseException>(() => server.BareClient().Leads.CreateInOneRequestAsync([new(), new()]));

        Assert.Equal(RequestFate.Unknown, error.Fate);
    }

    [Fact]
    public async Task More_than_250_entities_are_refused_before_anything_is_sent()
    {
        await using var server = await KommoServer.StartAsync(new Answer(200));
        var client = server.BareClient();

        var error = await Assert.ThrowsAsync<KommoLimitException>(() => client.Leads.CreateInOneRequestAsync([.. Enumerable.Repeat(new NewLead(), 251)]));
        await Assert.ThrowsAsync<KommoLimitException>(() =>
            client.Tasks.UpdateInOneRequestAsync([.. Enumerable.Range(0, 251).Select(id => new TaskUpdate { Id = id })]));

        Assert.Contains("250", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Nothing_to_write_sends_nothing()
    {
        await using var server = await KommoServer.StartAsync(new Answer(500));

        Assert.Empty(await server.BareClient().Companies.CreateAsync([]));
        Assert.Empty(await server.BareClient().Companies.UpdateAsync([]));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Changes_go_as_one_PATCH_and_answers_come_in_order()
    {
        await using var server = await KommoServer.StartAsync(new Answer(
            200, """{"_embedded":{"tasks":[{"id":8,"updated_at":1700000000},{"id":7,"updated_at":1700000001}]}}"""));

        var updated = await server.BareClient().Tasks.UpdateInOneRequestAsync([TaskUpdate.Complete(7, "done"), new() { Id = 8, Result = "later" }]);

        Assert.Equal(("PATCH", "/api/v4/tasks"), (server.Requests.Single().Method, server.Requests.Single().Path));
        Assert.Equal(
            """[{"is_completed":true,"result":{"text":"done"},"id":7,"request_id":"0"},{"result":{"text":"later"},"id":8,"request_id":"1"}]""", server.Requests.Single().Body);
        Assert.Equal([7, 8], updated.Select(entity => entity.Id));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_001), updated[0].UpdatedAt);
    }

    [Fact]
    public void A_new_task_is_written_in_Kommo_s_names_and_seconds()
    {
        var task = new NewTask
        {
            Text = "Call",
            CompleteTill = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000),
            EntityId = 5,
            EntityType = EntityType.Leads,
            ResponsibleUserId = 6,
            TaskTypeId = 1,
            Duration = TimeSpan.FromMinutes(30),
        };

        Assert.Equal(
            """{"text":"Call","complete_till":1700000000,"entity_id":5,"entity_type":"leads","responsible_user_id":6,"task_type_id":1,"duration":1800}""",
            JsonSerializer.Serialize(task, KommoJson.TypeOf<NewTask>()));
        Assert.Equal(task, JsonSerializer.Deserialize<NewTask>(JsonSerializer.Serialize(task, KommoJson.Options), KommoJson.Options));
    }

    [Fact]
    public void A_cleared_custom_field_is_sent_as_null_and_a_null_property_not_at_all()
    {
        var update = new LeadUpdate
        {
            Id = 1,
            CustomFields =
            [
                CustomFieldValues.Clear(9),
                CustomFieldValues.For("PHONE", CustomFieldValue.Of("+1555", "WORK")),
                CustomFieldValues.For(10, true, CustomFieldValue.Option(3), 1.5m),
            ],
            LossReasonId = null,
            Price = 5,
        };

        Assert.Equal(
            """
            {"price":5,"loss_reason_id":null,"custom_fields_values":[{"field_id":9,"values":null},{"field_code":"PHONE","values":[{"value":"\u002B1555","enum_code":"WORK"}]},
            {"field_id":10,"values":[{"value":true},{"enum_id":3},{"value":"1.5"}]}],"id":1}
            """.ReplaceLineEndings(""),
            JsonSerializer.Serialize(update, KommoJson.Options));
    }

    public static TheoryData<NewNote, string> NotesOfEveryType()
    {
        var call = new CallNote { Uniq = "u", Duration = TimeSpan.FromSeconds(9), Source = "s", Phone = "1", Responsible = "77", Status = 4 };
        return new()
        {
            { NewNote.Common(1, "t"), """{"entity_id":1,"note_type":"common","params":{"text":"t"}}""" },
            { NewNote.CallIn(1, call), """{"entity_id":1,"note_type":"call_in","params":{"uniq":"u","duration":9,"source":"s","phone":"1","call_responsible":77,"call_status":4}}""" },
            { NewNote.CallOut(1, call with { Responsible = "Ann" }), """{"entity_id":1,"note_type":"call_out","params":{"uniq":"u","duration":9,"source":"s","phone":"1","call_responsible":"Ann","call_status":4}}""" },
            { NewNote.ServiceMessage(1, "s", "t"), """{"entity_id":1,"note_type":"service_message","params":{"text":"t","service":"s"}}""" },
            { NewNote.ExtendedServiceMessage(1, "s", "t"), """{"entity_id":1,"note_type":"extended_service_message","params":{"text":"t","service":"s"}}""" },
            { NewNote.MessageCashier(1, CashierMessageStatus.Shown, "t"), """{"entity_id":1,"note_type":"message_cashier","params":{"text":"t","status":"shown"}}""" },
            { NewNote.Geolocation(1, "t", "a", 1.5, -2), """{"entity_id":1,"note_type":"geolocation","params":{"text":"t","address":"a","longitude":"1.5","latitude":"-2"}}""" },
            { NewNote.SmsIn(1, "t", "1"), """{"entity_id":1,"note_type":"sms_in","params":{"text":"t","phone":"1"}}""" },
            { NewNote.SmsOut(1, "t", "1"), """{"entity_id":1,"note_type":"sms_out","params":{"text":"t","phone":"1"}}""" },
            { NewNote.Attachment(1, "f", "n", "v"), """{"entity_id":1,"note_type":"attachment","params":{"file_uuid":"f","file_name":"n","version_uuid":"v"}}""" },
        };
    }

    [Theory]
    [MemberData(nameof(NotesOfEveryType), DisableDiscoveryEnumeration = true)]
    public void Each_note_type_is_written_with_its_parameters(NewNote note, string json) =>
        Assert.Equal(json, JsonSerializer.Serialize(note, KommoJson.Options));

    [Fact]
    public async Task Notes_go_to_the_route_of_their_entity()
    {
        await using var server = await KommoServer.StartAsync(new Answer(
            200, """{"_embedded":{"notes":[{"id":3,"entity_id":1,"request_id":"0"}]}}"""));

        var created = await server.BareClient().Contacts.Notes.CreateAsync(NewNote.Common(1, "t"));

        Assert.Equal(("POST", "/api/v4/contacts/notes"), (server.Requests.Single().Method, server.Requests.Single().Path));
        Assert.Equal((3, 1), (created.Id, created.EntityId));
        Assert.Throws<ArgumentException>(() => server.BareClient().NotesOn(EntityType.Tasks));
    }

    [Fact]
    public async Task A_webhook_is_subscribed_with_one_object_and_unsubscribed_with_a_body()
    {
        await using var server = await KommoServer.StartAsync(
            new Answer(201, """{"id":1,"destination":"https://h/x","settings":["add_lead"],"disabled":false}"""), new Answer(204), new Answer(404));
        var webhooks = server.BareClient().Webhooks;
        var destination = new Uri("https://h/x");

        var subscription = await webhooks.SubscribeAsync(destination, ["add_lead"]);

        Assert.False(subscription.Disabled);
        Assert.True(await webhooks.UnsubscribeAsync(destination));
        Assert.False(await webhooks.UnsubscribeAsync(destination));
        Assert.Equal(
            [("POST", """{"destination":"https://h/x","settings":["add_lead"]}"""), ("DELETE", """{"destination":"https://h/x"}"""), ("DELETE", """{"destination":"https://h/x"}""")],
            server.Requests.Select(request => (request.Method, request.Body)));
    }

    [Fact]
    public async Task Webhooks_are_listed_by_destination()
    {
        await using var server = await KommoServer.StartAsync(
            new Answer(200, """{"_total_items":1,"_embedded":{"webhooks":[{"id":1,"destination":"https://h/x","disabled":true}]}}"""));

        var found = await server.BareClient().Webhooks.ListAsync(new Uri("https://h/x"));

        Assert.True(found.Single().Disabled);
        Assert.Equal("?filter[destination]=https://h/x", server.Requests.Single().Query);
    }
}
