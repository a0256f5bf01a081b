using Kommo.Tests.Support;

namespace Kommo.Tests.Entities;

public sealed class QueryTests
{
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Fact]
    public void Lead_filters_are_written_in_Kommo_s_brackets()
    {
        var query = new LeadQuery
        {
            With = LeadWith.Contacts | LeadWith.LossReason,
            Query = "a&b",
            Ids = [1, 2],
            Price = new(From: 1.5m),
            Statuses = [new(10, 142), new(11, 5)],
            ResponsibleUserIds = [7],
            CreatedAt = new(Time, Time.AddSeconds(1)),
            UpdatedAt = TimeRange.Since(Time),
            OrderBy = LeadOrder.UpdatedAt,
            Descending = true,
            CustomFields = [CustomFieldFilter.OneOf(9, "x y"), CustomFieldFilter.Between(8, new NumberRange(To: 3))],
            Additional = [new("filter[new][]", "n")],
        };

        Assert.Equal(
            "?page=1&limit=250&with=loss_reason,contacts&query=a&b&filter[id][]=1&filter[id][]=2&filter[responsible_user_id][]=7"
            + "&filter[created_at][from]=1700000000&filter[created_at][to]=1700000001&filter[updated_at][from]=1700000000"
            + "&filter[custom_fields_values][9][]=x y&filter[custom_fields_values][8][to]=3&order[updated_at]=desc&filter[price][from]=1.5"
            + "&filter[statuses][0][pipeline_id]=10&filter[statuses][0][status_id]=142"
            + "&filter[statuses][1][pipeline_id]=11&filter[statuses][1][status_id]=5&filter[new][]=n",
            Uri.UnescapeDataString(query.ToQueryString().ToString()));
        Assert.Contains("query=a%26b", query.ToQueryString().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Task_and_note_filters_are_written_in_Kommo_s_brackets()
    {
        var tasks = new TaskQuery
        {
            Limit = 10,
            Page = 3,
            IsCompleted = false,
            TaskTypeIds = [1],
            EntityType = EntityType.Leads,
            EntityIds = [5],
            OrderBy = TaskOrder.CompleteTill,
        };
        var notes = new NoteQuery { EntityIds = [5], NoteTypes = [NoteTypes.Common], With = NoteWith.IsPinned };

        Assert.Equal(
            "?page=3&limit=10&filter[is_completed]=0&filter[task_type][]=1&filter[entity_type]=leads&filter[entity_id][]=5&order[complete_till]=asc",
            Uri.UnescapeDataString(tasks.ToQueryString().ToString()));
        Assert.Equal(
            "?page=1&limit=250&with=is_pinned&filter[entity_id][]=5&filter[note_type][]=common",
            Uri.UnescapeDataString(notes.ToQueryString().ToString()));
    }

    [Fact]
    public async Task The_account_is_asked_for_every_part()
    {
        await using var server = await KommoServer.StartAsync(new Answer(200, """
            {"id":30000001,"subdomain":"example","version":"13","_embedded":{"task_types":[{"id":1,"name":"Call"}],
             "datetime_settings":{"date_formant":"d/m/Y","timezone":"America/New_York"}},"new_field":[1]}
            """));

        var account = await server.BareClient().Account.GetAsync(AccountWith.All);

        Assert.Equal(
            "?with=amojo_id,amojo_rights,users_groups,task_types,version,entity_names,datetime_settings,drive_url,is_api_filter_enabled,invoices_settings",
            server.Requests.Single().Query);
        Assert.Equal((30000001, 13, "Call"), (account.Id, account.Version, account.Embedded!.TaskTypes!.Single().Name));
        Assert.Equal("d/m/Y", account.Embedded.DatetimeSettings!.DateFormat);
        Assert.Equal(1, account.AdditionalFields!["new_field"][0].GetInt32());
    }
}
