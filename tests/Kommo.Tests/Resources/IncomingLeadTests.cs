using Kommo.Tests.Support;

namespace Kommo.Tests.Resources;

public sealed class IncomingLeadTests
{
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Fact]
    public async Task One_that_came_by_a_form_is_created_with_what_it_will_become()
    {
        await using var server = await KommoServer.StartAsync(new Answer(
            200, """{"_embedded":{"unsorted":[{"uid":"f02b","account_id":1,"request_id":"0","_embedded":{"leads":[{"id":5}],"contacts":[{"id":6}]}}]}}"""));
        var form = NewIncomingLead.FromForm("s-1", "Site", "form", "Order", new Uri("https://example.com/order"), Time) with
        {
            Lead = new() { Name = "Kitchen" },
            Contact = new() { Name = "Ann Lee" },
        };

        var created = (await server.BareClient().IncomingLeads.CreateFromFormsAsync([form])).ThrowIfAnyFailed().Single();

        Assert.Equal(("f02b", 5, 6), (created.Uid, created.Embedded!.Leads!.Single().Id, created.Embedded.Contacts!.Single().Id));
        Assert.Equal("/api/v4/leads/unsorted/forms", server.Requests.Single().Path);
        Assert.Equal(
            """[{"source_uid":"s-1","source_name":"Site","metadata":{"form_id":"form","form_name":"Order","form_page":"https://example.com/order","form_sent_at":1700000000},"_embedded":{"leads":[{"name":"Kitchen"}],"contacts":[{"name":"Ann Lee"}]},"request_id":"0"}]""",
            server.Requests.Single().Body);
    }

    [Fact]
    public async Task One_is_accepted_declined_and_linked()
    {
        await using var server = await KommoServer.StartAsync(new Answer(200, """{"uid":"f02b","category":"chats","_embedded":{"leads":[{"id":5}]}}"""));
        var incoming = server.BareClient().IncomingLeads;

        var accepted = await incoming.AcceptAsync("f02b", userId: 3, statusId: 8);
        await incoming.DeclineAsync("f02b", userId: 3);
        await incoming.LinkAsync("f02b", 5, EntityType.Leads, contactId: 6);

        Assert.Equal(5, accepted.Embedded!.Leads!.Single().Id);
        Assert.Equal(
            [
                ("POST", "/api/v4/leads/unsorted/f02b/accept", """{"user_id":3,"status_id":8}"""),
                ("DELETE", "/api/v4/leads/unsorted/f02b/decline", """{"user_id":3}"""),
                ("POST", "/api/v4/leads/unsorted/f02b/link", """{"link":{"entity_id":5,"entity_type":"leads","metadata":{"contact_id":6}}}"""),
            ],
            server.Requests.Select(request => (request.Method, request.Path, request.Body)));
    }

    [Fact]
    public async Task They_are_counted_and_filtered_by_how_they_came()
    {
        await using var server = await KommoServer.StartAsync(
            new Answer(200, """{"total":10,"accepted":4,"declined":1,"average_sort_time":90,"categories":{"forms":{"total":10}}}"""), new Answer(204));
        var incoming = server.BareClient().IncomingLeads;

        var summary = await incoming.SummaryAsync(new() { CreatedAt = TimeRange.Since(Time) });
        await incoming.ListAsync(new() { Categories = [IncomingLeadCategory.Sip], OrderBy = IncomingLeadOrder.UpdatedAt }).CountAsync();

        Assert.Equal((10, TimeSpan.FromSeconds(90)), (summary.Total, summary.AverageSortTime));
        Assert.Equal(
            ["?filter[created_at][from]=1700000000", "?page=1&limit=250&filter[category][]=sip&order[updated_at]=asc"],
            server.Requests.Select(request => request.Query));
    }
}
