using Kommo.Tests.Support;

namespace Kommo.Tests.Entities;

public sealed class ListingTests
{
    [Fact]
    public async Task A_list_follows_the_link_to_the_next_page_to_its_end()
    {
        await using var server = await KommoServer.StartAsync((request, context) => Page(request).WriteAsync(context));
        static Answer Page(SeenRequest request) => request.Query.Contains("page=1", StringComparison.Ordinal)
            ? new(200, """{"_page":1,"_links":{"self":{"href":"x"},"next":{"href":"https://elsewhere.amocrm.com/api/v4/leads?page=2&limit=2"}},"_embedded":{"leads":[{"id":1},{"id":2}]}}""")
            : new(200, """{"_page":2,"_links":{"self":{"href":"x"}},"_embedded":{"leads":[{"id":3}]}}""");

        var ids = new List<long>();
        await foreach (var lead in server.BareClient().Leads.ListAsync(new LeadQuery { Limit = 2 }))
        {
            ids.Add(lead.Id);
        }

        Assert.Equal([1, 2, 3], ids);
        Assert.Equal(["?page=1&limit=2", "?page=2&limit=2"], server.Requests.Select(request => request.Query));
    }

    [Fact]
    public async Task A_page_is_only_fetched_when_it_is_needed()
    {
        await using var server = await KommoServer.StartAsync(
            new Answer(200, """{"_links":{"next":{"href":"/api/v4/leads?page=2"}},"_embedded":{"leads":[{"id":1},{"id":2}]}}"""));

        await foreach (var lead in server.BareClient().Leads.ListAsync())
        {
            if (lead.Id == 2)
            {
                break;
            }
        }

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_list_that_was_left_goes_on_from_the_page_after_the_one_that_was_read()
    {
        await using var server = await KommoServer.StartAsync((request, context) => Page(request).WriteAsync(context));
        static Answer Page(SeenRequest request) => request.Query.Contains("page=3", StringComparison.Ordinal)
            ? new(200, """{"_embedded":{"leads":[{"id":5}]}}""")
            : new(200, """{"_links":{"next":{"href":"https://x.kommo.com/api/v4/leads?limit=2&page=3"}},"_embedded":{"leads":[{"id":3},{"id":4}]}}""");
        var query = new LeadQuery { Limit = 2, Page = 2 };

        var left = await server.BareClient().Leads.ListPagesAsync(query).FirstAsync();
        var rest = await server.BareClient().Leads.ListAsync(query with { Page = left.NextNumber!.Value }).ToListAsync();

        Assert.Equal((2, 3), (left.Number, left.NextNumber));
        Assert.Equal([5], rest.Select(lead => lead.Id));
    }

    [Fact]
    public async Task No_content_is_the_end_of_a_list()
    {
        await using var server = await KommoServer.StartAsync(new Answer(204));

        Assert.Empty(await server.BareClient().Contacts.ListAsync().ToListAsync());
    }

    [Theory]
    [InlineData(204)]
    [InlineData(404)]
    public async Task An_unknown_id_gives_null(int status)
    {
        await using var server = await KommoServer.StartAsync(new Answer(status));

        Assert.Null(await server.BareClient().Companies.GetAsync(7));
    }

    [Fact]
    public async Task A_web_page_for_404_is_an_error_and_not_a_missing_entity()
    {
        await using var server = await KommoServer.StartAsync(Answer.Html(404));

        await Assert.ThrowsAsync<KommoUnexpectedResponseException>(() => server.BareClient().Leads.GetAsync(7));
    }

    [Fact]
    public async Task Cancellation_ends_a_list_with_an_exception_and_not_early()
    {
        await using var server = await KommoServer.StartAsync(new Answer(200, """{"_embedded":{"leads":[{"id":1},{"id":2}]}}"""));
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var lead in server.BareClient().Leads.ListAsync(cancellationToken: cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        });
    }

    [Fact]
    public async Task A_next_page_that_is_the_same_page_does_not_go_on_for_ever()
    {
        await using var server = await KommoServer.StartAsync(
            new Answer(200, """{"_links":{"next":{"href":"/api/v4/leads?page=1&limit=250"}},"_embedded":{"leads":[{"id":1}]}}"""));

        await Assert.ThrowsAsync<KommoUnexpectedResponseException>(() => server.BareClient().Leads.ListAsync().ToListAsync().AsTask());
    }

    [Theory]
    [InlineData("""{"_embedded":[]}""")]
    [InlineData("""{"_links":[],"_embedded":{"leads":[]}}""")]
    [InlineData("""{"_links":{"next":null},"_embedded":{"other":{"a":[1]},"leads":[]},"_page":1}""")]
    [InlineData("""{"_links":{"next":[]},"_embedded":{"leads":[]}}""")]
    public async Task Empty_lists_are_read_in_every_shape(string body)
    {
        await using var server = await KommoServer.StartAsync(new Answer(200, body));

        Assert.Empty(await server.BareClient().Leads.ListAsync().ToListAsync());
    }

    [Theory]
    [InlineData("""{"_links":{}}""")]
    [InlineData("""{"_embedded":{"leads":{}}}""")]
    [InlineData("""{"_embedded":{"leads":[null]}}""")]
    [InlineData("""{"_embedded":{"leads":[{"id":"x"}]}}""")]
    [InlineData("""{"_embedded":{"leads":[{"id":1}""")]
    [InlineData("""[]""")]
    public async Task A_page_of_another_shape_is_an_error_and_not_an_empty_list(string body)
    {
        await using var server = await KommoServer.StartAsync(new Answer(200, body));

        await Assert.ThrowsAsync<KommoUnexpectedResponseException>(() => server.BareClient().Leads.ListAsync().ToListAsync().AsTask());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(251)]
    public void A_limit_outside_1_to_250_is_refused(int limit) =>
        Assert.Throws<KommoLimitException>(() => new LeadQuery { Limit = limit });
}
