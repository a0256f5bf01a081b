using Kommo.Tests.Support;

namespace Kommo.Tests.Channels;

public sealed class KnowledgeTests
{
    [Fact]
    public async Task Pages_texts_and_files_are_added_and_products_imported()
    {
        await using var server = await KommoServer.StartAsync(
            new Answer(201, """{"id":5,"name":"https://s/","updated_at":1700000000,"status":"processing"}"""),
            new Answer(201, """{"id":"6","name":"Returns"}"""),
            new Answer(201, """{"id":7,"name":"f"}"""),
            new Answer(201, """{"code":201,"status":"success"}"""));
        var knowledge = server.BareClient().KnowledgeSources;

        var page = await knowledge.AddUrlAsync(new() { Use = KnowledgeUse.SuggestedReply, Url = new Uri("https://s/"), WithNested = true });
        var text = await knowledge.AddTextAsync(
            new() { Use = KnowledgeUse.Agent, Name = "Returns", Text = "Within a fortnight", Lang = "en", Code = KnowledgePolicy.ReturnAndRefundPolicy }, language: "es");
        await knowledge.AddFileAsync(new() { Use = KnowledgeUse.Agent, Url = new Uri("https://d/f.pdf"), FileUuid = "f", Lang = "pt" });
        await knowledge.ImportProductsAsync();

        Assert.Equal(("5", "processing", "6"), (page.Id, page.Status, text.Id));
        Assert.Equal("es", server.Requests[1].Headers["X-Language"]);
        Assert.DoesNotContain("X-Language", server.Requests[0].Headers.Keys);
        Assert.Equal(
            [
                ("POST", "/api/v2/sources/url", """{"url":"https://s/","with_nested":true,"available_functions":["suggested_reply"]}"""),
                ("POST", "/api/v2/sources/text", """{"name":"Returns","text":"Within a fortnight","lang":"en","available_functions":["agent"],"code":"return_and_refund_policy"}"""),
                ("POST", "/api/v2/sources/file", """{"url":"https://d/f.pdf","file_uuid":"f","lang":"pt","available_functions":["agent"]}"""),
                ("POST", "/api/v2/agent/knowledges/products/import", ""),
            ],
            server.Calls());
    }

    [Theory]
    [InlineData(KnowledgeUse.Agent, 9, false)]
    [InlineData(KnowledgeUse.Agent, 10, true)]
    [InlineData(KnowledgeUse.Agent, 5000, true)]
    [InlineData(KnowledgeUse.Agent, 5001, false)]
    [InlineData(KnowledgeUse.SuggestedReply, 2000, true)]
    [InlineData(KnowledgeUse.SuggestedReply, 2001, false)]
    public async Task A_text_of_a_length_that_Kommo_does_not_take_is_refused_before_anything_is_sent(KnowledgeUse use, int length, bool fits)
    {
        await using var server = await KommoServer.StartAsync(new Answer(201, """{"id":1}"""));

        var error = await Record.ExceptionAsync(() => server.BareClient().KnowledgeSources.AddTextAsync(
            new() { Use = use, Name = "n", Text = new string('x', length), Lang = "en" }));

        Assert.Equal(fits, error is null);
        Assert.Equal(fits ? 1 : 0, server.Requests.Count);
        Assert.True(error is null or KommoLimitException);
    }

    [Fact]
    public async Task A_refusal_in_the_shape_of_Kommo_AI_is_read()
    {
        await using var server = await KommoServer.StartAsync(Answer.Problem(
            403, """{"code":403,"status":"error","detail":"Please try again.","error_reason":"Bearer token verification failed"}"""));
        var knowledge = new KnowledgeSourcesClient(new HttpClient { BaseAddress = server.Address });

        var error = await Assert.ThrowsAsync<KommoForbiddenException>(() => knowledge.ImportProductsAsync());

        Assert.Equal(("403", "Please try again."), (error.Problem!.Code, error.Problem.Detail));
    }
}
