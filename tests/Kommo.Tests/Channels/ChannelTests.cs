using Kommo.Tests.Support;

namespace Kommo.Tests.Channels;

public sealed class ChannelTests
{
    [Fact]
    public async Task Widgets_are_listed_read_installed_and_uninstalled()
    {
        const string Widget = """{"id":1,"code":"my_widget","version":"1.2","rating":"4.5","settings_template":[{"key":"login","name":"Login","type":"text","is_required":true}],"settings":[],"is_active_in_account":true}""";
        await using var server = await KommoServer.StartAsync(
            new Answer(200, $$$"""{"_embedded":{"widgets":[{{{Widget}}}]}}"""), new Answer(200, Widget), new Answer(200, Widget), new Answer(204), new Answer(404));
        var widgets = server.BareClient().Widgets;

        Assert.Equal("login", (await widgets.ListAsync().SingleAsync()).SettingsTemplate!.Single().Key);
        Assert.Equal(4.5m, (await widgets.GetAsync("my_widget"))!.Rating);
        Assert.True((await widgets.InstallAsync("my_widget", new Dictionary<string, string> { ["login"] = "me" })).IsActiveInAccount);
        Assert.True(await widgets.UninstallAsync("my_widget"));
        Assert.False(await widgets.UninstallAsync("other/widget"));
        Assert.Equal(
            [
                ("GET", "/api/v4/widgets", ""),
                ("GET", "/api/v4/widgets/my_widget", ""),
                ("POST", "/api/v4/widgets/my_widget", """{"login":"me"}"""),
                ("DELETE", "/api/v4/widgets/my_widget", ""),
                ("DELETE", "/api/v4/widgets/other%2Fwidget", ""),
            ],
            server.Calls());
    }

    [Fact]
    public async Task Sources_are_listed_created_changed_and_deleted()
    {
        await using var server = await KommoServer.StartAsync(
            new Answer(200, """{"_embedded":{"sources":[{"id":4,"name":"Shop","external_id":"s","default":true,"services":[{"type":"whatsapp","pages":[{"id":1,"link":15550100}],"params":[]}]}]}}"""),
            new Answer(200, """{"_embedded":{"sources":[{"id":5,"request_id":"0"}]}}"""),
            new Answer(200, """{"_embedded":{"sources":[{"id":5,"name":"Shop 2"}]}}"""),
            new Answer(204),
            new Answer(204),
            new Answer(404));
        var sources = server.BareClient().Sources;

        var page = (await sources.ListAsync(new() { ExternalIds = ["s"] }).SingleAsync()).Services!.Single().Pages!.Single();
        Assert.Equal(("1", "15550100"), (page.Id, page.Link));
        var services = new SourceService[] { new() { Type = "whatsapp", Pages = [new() { Id = "1", Link = "15550100" }], Params = new() { Waba = true } } };
        Assert.Equal(5, (await sources.CreateAsync(new NewSource { Name = "Shop", ExternalId = "s", Services = services })).Id);
        Assert.Equal("Shop 2", (await sources.UpdateAsync(new SourceUpdate { Id = 5, Name = "Shop 2" })).Name);
        Assert.True(await sources.DeleteAsync(5));
        Assert.True(await sources.DeleteAsync([5, 6]));
        Assert.False(await sources.DeleteAsync(5));
        Assert.False(await sources.DeleteAsync([]));
        Assert.Equal("?page=1&limit=250&filter[external_id][]=s", server.Requests[0].Query);
        Assert.Equal(
            [
                ("GET", "/api/v4/sources", ""),
                ("POST", "/api/v4/sources", """[{"name":"Shop","external_id":"s","services":[{"type":"whatsapp","pages":[{"id":"1","link":"15550100"}],"params":{"waba":true}}],"request_id":"0"}]"""),
                ("PATCH", "/api/v4/sources", """[{"name":"Shop 2","id":5,"request_id":"0"}]"""),
                ("DELETE", "/api/v4/sources/5", ""),
                ("DELETE", "/api/v4/sources", """[{"id":5},{"id":6}]"""),
                ("DELETE", "/api/v4/sources/5", ""),
            ],
            server.Calls());
    }

    [Fact]
    public async Task Sources_go_50_at_a_time_whatever_the_batch_size()
    {
        await using var server = await BatchServer.StartAsync((_, _) => null, "sources");
        var sources = server.BareClient().Sources;

        var results = await sources.CreateAsync(
            Enumerable.Range(0, 51).Select(n => new NewSource { Name = $"{n}", ExternalId = $"{n}" }), new WriteOptions { BatchSize = 250 });

        Assert.True(results.All(result => result.Outcome == WriteOutcome.Succeeded));
        Assert.Equal(2, server.Requests.Count);
        var error = await Assert.ThrowsAsync<KommoLimitException>(() => sources.DeleteAsync([.. Enumerable.Range(0, 51).Select(n => (long)n)]));
        Assert.Contains("50", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Website_buttons_are_made_shown_and_changed()
    {
        await using var server = await KommoServer.StartAsync(
            new Answer(202, """{"source_id":3,"trusted_websites":["example.com"],"name":"Chat"}"""),
            new Answer(202),
            new Answer(200, """{"source_id":3,"name":"Chat 2","is_deleted":false}"""),
            new Answer(200, """{"source_id":3,"button_id":null,"script":"<script>"}"""),
            new Answer(200, """{"_embedded":{"website_buttons":[{"source_id":3}]}}"""));
        var buttons = server.BareClient().WebsiteButtons;

        Assert.Equal(3, (await buttons.CreateAsync(new() { Name = "Chat", PipelineId = 7, TrustedWebsites = ["example.com"] })).SourceId);
        await buttons.AddOnlineChatAsync(3);
        Assert.Equal("Chat 2", (await buttons.UpdateAsync(3, new() { Name = "Chat 2", TrustedWebsites = new("shop.example.com") })).Name);
        Assert.Equal("<script>", (await buttons.GetAsync(3, WebsiteButtonWith.Scripts))!.Script);
        Assert.Equal(3, (await buttons.ListAsync(new() { With = WebsiteButtonWith.Scripts | WebsiteButtonWith.Deleted }).SingleAsync()).SourceId);
        Assert.Equal("?page=1&limit=250&with=scripts,deleted", server.Requests[4].Query);
        Assert.Equal(
            [
                ("POST", "/api/v4/website_buttons", """{"name":"Chat","pipeline_id":7,"trusted_websites":["example.com"]}"""),
                ("POST", "/api/v4/website_buttons/3/online_chat", ""),
                ("PATCH", "/api/v4/website_buttons/3", """{"name":"Chat 2","trusted_websites":{"add":["shop.example.com"]}}"""),
                ("GET", "/api/v4/website_buttons/3", ""),
                ("GET", "/api/v4/website_buttons", ""),
            ],
            server.Calls());
    }

    [Fact]
    public async Task More_than_10_trusted_websites_are_refused_before_anything_is_sent()
    {
        await using var server = await KommoServer.StartAsync(new Answer(202));
        var buttons = server.BareClient().WebsiteButtons;
        string[] sites = [.. Enumerable.Repeat("example.com", 11)];

        await Assert.ThrowsAsync<KommoLimitException>(() => buttons.CreateAsync(new() { TrustedWebsites = sites }));
        await Assert.ThrowsAsync<KommoLimitException>(() => buttons.UpdateAsync(1, new() { TrustedWebsites = new(sites) }));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Talks_are_listed_read_answered_and_closed()
    {
        const string Talk = """{"talk_id":12,"chat_id":"c","contact_id":3,"entity_id":4,"entity_type":"lead","is_in_work":true,"is_read":0,"origin":"waba","missed_at":null,"rate":0}""";
        await using var server = await KommoServer.StartAsync(
            new Answer(200, $$$"""{"_embedded":{"talks":[{{{Talk}}}]}}"""),
            new Answer(200, Talk),
            new Answer(200, """{"_embedded":{"messages":[{"id":"m","type":"incoming","message_type":"text","text":"Hi","author":{"type":"external"},"attachment":null,"created_at":1700000000}]}}"""),
            new Answer(202, """{"id":"sent"}"""),
            new Answer(202),
            new Answer(404, """{"status":404}"""));
        var talks = server.BareClient().Talks;

        Assert.Equal(12, (await talks.ListAsync(new() { ContactIds = [3], TalkIds = [12], OnlyInWork = true }).SingleAsync()).TalkId);
        Assert.Equal(EntityType.Leads, (await talks.GetAsync(12))!.EntityType);
        var since = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        Assert.Equal("external", (await talks.Messages(12).ListAsync(new() { CreatedAt = TimeRange.Since(since) }).SingleAsync()).Author!.Type);
        Assert.Equal("sent", (await talks.SendMessageAsync(12, "Hello")).Id);
        Assert.True(await talks.CloseAsync(12, force: true));
        Assert.False(await talks.CloseAsync(13));
        Assert.Equal("?page=1&limit=250&filter[talk_id][]=12&filter[contact_id][]=3&filter[only_in_work]=1", server.Requests[0].Query);
        Assert.Equal("?page=1&limit=250&filter[created_at][from]=1700000000", server.Requests[2].Query);
        Assert.Equal(
            [
                ("GET", "/api/v4/talks", ""),
                ("GET", "/api/v4/talks/12", ""),
                ("GET", "/api/v4/talks/12/messages", ""),
                ("POST", "/api/v4/talks/12/send_message", """{"text":"Hello"}"""),
                ("POST", "/api/v4/talks/12/close", """{"force_close":true}"""),
                ("POST", "/api/v4/talks/13/close", """{"force_close":false}"""),
            ],
            server.Calls());
    }

    [Theory]
    [InlineData(402, typeof(KommoPaymentRequiredException))]
    [InlineData(403, typeof(KommoForbiddenException))]
    [InlineData(422, typeof(KommoValidationException))]
    public async Task A_message_that_may_not_be_sent_says_why(int status, Type error)
    {
        await using var server = await KommoServer.StartAsync(Answer.Problem(status, $$"""{"status":{{status}},"detail":"no"}"""));

        Assert.IsType(error, await Record.ExceptionAsync(() => server.BareClient().Talks.SendMessageAsync(12, "Hello")));
    }

    [Fact]
    public async Task Short_links_are_made_in_the_order_of_the_input_though_Kommo_repeats_no_request_ids()
    {
        await using var server = await KommoServer.StartAsync(new Answer(
            200, """{"_embedded":{"short_links":[{"url":"https://k.mo/1","account_id":1,"metadata":{"entity_id":8,"entity_type":"contacts"}},{"url":"https://k.mo/2"}]}}"""));

        var links = await server.BareClient().ShortLinks.CreateAsync(
            [NewShortLink.ForContact(8, new Uri("https://example.com/a")), NewShortLink.ForContact(9, new Uri("https://example.com/b"))]);

        Assert.Equal(["https://k.mo/1", "https://k.mo/2"], links.Select(link => link.Answer!.Url));
        Assert.Equal((8, EntityType.Contacts), (links[0].Answer!.Metadata!.EntityId, links[0].Answer!.Metadata!.EntityType));
        Assert.Equal(
            [("POST", "/api/v4/short_links", """[{"url":"https://example.com/a","metadata":{"entity_id":8,"entity_type":"contacts"},"request_id":"0"},{"url":"https://example.com/b","metadata":{"entity_id":9,"entity_type":"contacts"},"request_id":"1"}]""")],
            server.Calls());
    }

    [Fact]
    public async Task Subscriptions_of_an_entity_are_listed_and_none_is_no_error()
    {
        await using var server = await KommoServer.StartAsync(
            new Answer(200, """{"_embedded":{"subscriptions":[{"subscriber_id":7,"type":"user"}]}}"""), new Answer(204));
        var kommo = server.BareClient();

        var subscription = await kommo.Leads.Subscriptions(1).ListAsync().SingleAsync();

        Assert.Equal((7, "user"), (subscription.SubscriberId, subscription.Type));
        Assert.Empty(await kommo.Customers.Subscriptions(2).ListAsync().ToListAsync());
        Assert.Equal([("GET", "/api/v4/leads/1/subscriptions", ""), ("GET", "/api/v4/customers/2/subscriptions", "")], server.Calls());
    }
}
