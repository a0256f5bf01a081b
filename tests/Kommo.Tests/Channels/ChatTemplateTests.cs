using Kommo.Tests.Support;

namespace Kommo.Tests.Channels;

public sealed class ChatTemplateTests
{
    [Fact]
    public async Task Templates_are_listed_50_a_page_with_their_reviews()
    {
        await using var server = await KommoServer.StartAsync(new Answer(
            200,
            """{"_embedded":{"chat_templates":[{"id":4,"name":"Hello","content":"Hi","type":"waba","is_editable":true,"attachment":[],"buttons":[{"type":"url","text":"Shop","url":"https://s"}],"waba_examples":{"x":"y"},"_embedded":{"reviews":[{"id":1,"source_id":2,"status":"rejected","reject_reason":"spam"}]}}]}}"""));

        var template = await server.BareClient().ChatTemplates.ListAsync(new() { With = ChatTemplateWith.Reviews, ExternalIds = ["e"] }).SingleAsync();

        Assert.Equal(("https://s", "spam"), (template.Buttons!.Single().Url, template.Embedded!.Reviews!.Single().RejectReason));
        Assert.Null(template.Attachment);
        Assert.Equal("?page=1&limit=50&with=reviews&filter[external_id][]=e", server.Requests.Single().Query);
        Assert.Throws<KommoLimitException>(() => new ChatTemplateQuery { Limit = 51 });
    }

    [Fact]
    public async Task Templates_are_created_changed_read_and_deleted()
    {
        await using var server = await KommoServer.StartAsync(
            new Answer(200, """{"_embedded":{"chat_templates":[{"id":4,"request_id":"0"}]}}"""),
            new Answer(200, """{"id":4,"name":"Hello 2"}"""),
            new Answer(200, """{"_embedded":{"chat_templates":[{"id":4,"name":"Hello 3"}]}}"""),
            new Answer(204),
            new Answer(204),
            new Answer(204),
            new Answer(404));
        var templates = server.BareClient().ChatTemplates;

        Assert.Equal(4, (await templates.CreateAsync(new NewChatTemplate
        {
            Name = "Hello",
            Content = "Hi",
            Buttons = [ChatTemplateButton.Inline("Yes"), ChatTemplateButton.Link("Shop", new Uri("https://s/"))],
            Attachment = new() { Id = "f", Name = "p.png", Type = "picture" },
        })).Id);
        Assert.Equal("Hello 2", (await templates.UpdateAsync(new ChatTemplateUpdate { Id = 4, Name = "Hello 2" })).Name);
        Assert.Equal("Hello 3", (await templates.UpdateAsync([new ChatTemplateUpdate { Id = 4, Name = "Hello 3" }])).Single().Answer!.Name);
        Assert.Null(await templates.GetAsync(5));
        Assert.True(await templates.DeleteAsync(4));
        Assert.True(await templates.DeleteAsync([4, 5]));
        Assert.False(await templates.DeleteAsync(4));
        Assert.Equal(
            [
                ("POST", "/api/v4/chats/templates", """[{"name":"Hello","content":"Hi","buttons":[{"type":"inline","text":"Yes"},{"type":"url","text":"Shop","url":"https://s/"}],"attachment":{"id":"f","name":"p.png","type":"picture"},"request_id":"0"}]"""),
                ("PATCH", "/api/v4/chats/templates/4", """{"name":"Hello 2","id":4}"""),
                ("PATCH", "/api/v4/chats/templates", """[{"name":"Hello 3","id":4,"request_id":"0"}]"""),
                ("GET", "/api/v4/chats/templates/5", ""),
                ("DELETE", "/api/v4/chats/templates/4", ""),
                ("DELETE", "/api/v4/chats/templates", """[{"id":4},{"id":5}]"""),
                ("DELETE", "/api/v4/chats/templates/4", ""),
            ],
            server.Calls());
    }

    [Fact]
    public async Task Templates_are_sent_for_review_and_reviews_decided()
    {
        await using var server = await KommoServer.StartAsync(
            new Answer(200, """{"_embedded":{"reviews":[{"id":1,"source_id":2,"status":"review"}]}}"""),
            new Answer(200, """{"id":1,"source_id":2,"status":"rejected","reject_reason":"spam"}"""));
        var templates = server.BareClient().ChatTemplates;

        Assert.Equal(2, (await templates.SendForReviewAsync(4)).Single().SourceId);
        Assert.Equal("spam", (await templates.SetReviewAsync(4, 1, ChatTemplateReviewStatus.Rejected, "spam")).RejectReason);
        Assert.Equal(
            [
                ("POST", "/api/v4/chats/templates/4/review", ""),
                ("POST", "/api/v4/chats/templates/4/review/1", """{"status":"rejected","reject_reason":"spam"}"""),
            ],
            server.Calls());
    }
}
