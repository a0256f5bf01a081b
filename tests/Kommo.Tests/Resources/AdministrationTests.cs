using Kommo.Tests.Support;

namespace Kommo.Tests.Resources;

/// <summary>Tags, custom fields, events, users, roles, bots and pinned notes on the wire.</summary>
public sealed class AdministrationTests
{
    [Fact]
    public async Task Tags_are_created_and_searched()
    {
        await using var server = await KommoServer.StartAsync(
            new Answer(200, """{"_embedded":{"tags":[{"id":1,"name":"vip","request_id":"0"}]}}"""), new Answer(204));
        var tags = server.BareClient().Contacts.Tags;

        Assert.Equal(1, (await tags.CreateAsync(new NewTag { Name = "vip" })).Id);
        await tags.ListAsync(new() { Name = "vip", Ids = [1] }).CountAsync();

        Assert.Equal("?page=1&limit=250&filter[name]=vip&filter[id][]=1", server.Requests[1].Query);
    }

    [Fact]
    public async Task A_custom_field_is_created_with_201_changed_and_deleted()
    {
        await using var server = await KommoServer.StartAsync(
            new Answer(201, """{"_embedded":{"custom_fields":[{"id":3,"name":"Size","type":"select","enums":[{"id":5,"value":"Small","sort":1}]}]}}"""),
            new Answer(201, """{"id":3,"name":"Dimension","type":"select","group_id":"default"}"""),
            new Answer(204));
        var fields = server.BareClient().Leads.CustomFields;

        var made = await fields.CreateAsync(new NewCustomField
        {
            Name = "Size",
            Type = CustomFieldTypes.Select,
            Enums = [new() { Value = "Small", Sort = 1 }],
            RequiredStatuses = [new(7, 8)],
        });
        var changed = await fields.UpdateAsync(new CustomFieldUpdate { Id = 3, Name = "Dimension" });
        Assert.True(await fields.DeleteAsync(3));

        Assert.Equal((3, 5), (made.Id, made.Enums!.Single().Id));
        Assert.Equal("default", changed.GroupId);
        Assert.Equal(
            """[{"name":"Size","type":"select","enums":[{"value":"Small","sort":1}],"required_statuses":[{"pipeline_id":7,"status_id":8}],"request_id":"0"}]""",
            server.Requests[0].Body);
        Assert.Equal("""{"name":"Dimension","id":3}""", server.Requests[1].Body);
    }

    [Fact]
    public async Task A_group_of_fields_has_a_text_for_its_id()
    {
        await using var server = await KommoServer.StartAsync(new Answer(200, """{"id":"leads_123","name":"More","fields":[3],"entity_type":"leads"}"""));

        var group = await server.BareClient().Leads.CustomFields.Groups.UpdateAsync(new FieldGroupUpdate { Id = "leads_123", Name = "More", Fields = [3] });

        Assert.Equal([3], group.Fields!);
        Assert.Equal(("/api/v4/leads/custom_fields/groups/leads_123", """{"id":"leads_123","name":"More","fields":[3]}"""), (server.Requests.Single().Path, server.Requests.Single().Body));
    }

    [Fact]
    public async Task Events_are_filtered_and_never_more_than_100_on_a_page()
    {
        await using var server = await KommoServer.StartAsync(new Answer(200, """
            {"_embedded":{"events":[{"id":"01ha","type":"task_completed","entity_id":5,"entity_type":"task","created_at":1700000000,"value_after":[{"note":{"id":1}}]}]}}
            """));

        var found = await server.BareClient().Events.ListAsync(new EventQuery
        {
            With = EventWith.LeadName,
            Types = [KommoEventTypes.TaskCompleted, KommoEventTypes.CustomFieldChanged(9)],
            EntityTypes = [EntityType.Leads],
            EntityIds = [1],
            StatusesAfter = [new(7, 142)],
        }).SingleAsync();

        Assert.Equal(EntityType.Tasks, found.EntityType);
        Assert.Equal(1, found.ValueAfter!.Value[0].GetProperty("note").GetProperty("id").GetInt32());
        Assert.Equal(
            "?page=1&limit=100&with=lead_name&filter[type][]=task_completed&filter[type][]=custom_field_9_value_changed&filter[entity][]=lead"
            + "&filter[entity_id][]=1&filter[value_after][leads_statuses][0][pipeline_id]=7&filter[value_after][leads_statuses][0][status_id]=142",
            server.Requests.Single().Query);
    }

    [Fact]
    public void What_a_filter_of_events_does_not_take_is_refused()
    {
        Assert.Throws<KommoLimitException>(() => new EventQuery { Limit = 101 });
        Assert.Throws<KommoLimitException>(() => new EventQuery { EntityIds = [.. Enumerable.Range(0, 11)] });
        Assert.Throws<KommoLimitException>(() => new EventQuery { CreatedBy = [.. Enumerable.Range(0, 11)] });
    }

    [Fact]
    public async Task Users_go_ten_at_a_time_and_their_passwords_into_no_text()
    {
        await using var server = await BatchServer.StartAsync((_, _) => null, "users");
        var users = Enumerable.Range(0, 12).Select(i => new NewUser { Name = "x", Email = $"u{i}@example.com", Password = "secret" }).ToList();

        var results = await server.BareClient().Users.CreateAsync(users);

        Assert.True(results.AllSucceeded);
        Assert.Equal(2, server.Requests.Count);
        Assert.DoesNotContain("secret", users[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_is_changed_with_202_and_tells_its_users()
    {
        await using var server = await KommoServer.StartAsync(new Answer(202, """{"id":3,"name":"Sales","rights":{"leads":{"view":"G"}},"_embedded":{"users":[5]}}"""));

        var role = await server.BareClient().Roles.UpdateAsync(new RoleUpdate { Id = 3, Rights = new() { Leads = new() { View = AccessRights.Group } } });

        Assert.Equal((5, AccessRights.Group), (role.UserIds.Single(), role.Rights!.Leads!.View));
        Assert.Equal("""{"rights":{"leads":{"view":"G"}},"id":3}""", server.Requests.Single().Body);
    }

    [Fact]
    public async Task Bots_are_run_and_stopped_with_202()
    {
        await using var server = await KommoServer.StartAsync(new Answer(202));
        var kommo = server.BareClient();

        await kommo.Bots.RunAsync([new BotRun { BotId = 1, EntityId = 2, EntityType = EntityType.Leads }]);
        await kommo.Bots.StopAsync(1, leadId: 2);
        await kommo.Salesbot.RunAsync([new BotRun { BotId = 1, EntityId = 2, EntityType = EntityType.Contacts }]);

        Assert.Equal(
            [
                ("/api/v4/bots/run", """[{"bot_id":1,"entity_id":2,"entity_type":"leads"}]"""),
                ("/api/v4/bots/1/stop", """{"entity_id":2,"entity_type":"leads"}"""),
                ("/api/v2/salesbot/run", """[{"bot_id":1,"entity_id":2,"entity_type":"1"}]"""),
            ],
            server.Requests.Select(request => (request.Path, request.Body)));
    }

    [Fact]
    public async Task A_note_is_pinned_on_its_entity()
    {
        await using var server = await KommoServer.StartAsync(new Answer(204));
        var notes = server.BareClient().Leads.Notes;

        await notes.PinAsync(entityId: 1, id: 2);
        await notes.Of(1).UnpinAsync(entityId: 1, id: 2);

        Assert.Equal(["/api/v4/leads/1/notes/2/pin", "/api/v4/leads/1/notes/2/unpin"], server.Requests.Select(request => request.Path));
    }
}
