using System.Text.Json;
using Kommo.Tests.Support;

namespace Kommo.Tests.Salesbot;

public sealed class ContinueTests
{
    private static readonly Uri ReturnUrl = new("https://example.amocrm.com/api/v4/salesbot/321/continue/654");

    [Theory]
    [InlineData(202, "")]
    [InlineData(202, "{}")]
    [InlineData(200, "{}")]
    public async Task A_bot_is_continued_on_the_accounts_own_host_whatever_host_is_named(int status, string body)
    {
        await using var server = await KommoServer.StartAsync(new Answer(status, body));

        var waited = await server.BareClient().Salesbot.ContinueAsync(ReturnUrl, new SalesbotContinuation
        {
            Data = new Dictionary<string, JsonElement> { ["status"] = JsonElement.Parse("\"success\"") },
            ExecuteHandlers =
            [
                SalesbotAction.Show("Hello"),
                SalesbotAction.ShowButtons("Choose", "Yes", "No"),
                SalesbotAction.ShowLinks("Read", "https://example.com"),
                SalesbotAction.GoTo("question", 5),
            ],
        });

        Assert.True(waited);
        var request = Assert.Single(server.Requests);
        Assert.Equal(("POST", "/api/v4/salesbot/321/continue/654"), (request.Method, request.Path));
        Assert.Equal(
            """
            {"data":{"status":"success"},"execute_handlers":[{"handler":"show","params":{"type":"text","value":"Hello"}},{"handler":"show","params":{"type":"buttons","value":"Choose","buttons":["Yes","No"]}},{"handler":"show","params":{"type":"buttons_url","value":"Read","buttons":["https://example.com"]}},{"handler":"goto","params":{"type":"question","step":5}}]}
            """,
            request.Body);
    }

    [Fact]
    public async Task A_bot_that_does_not_wait_any_more_is_no_error()
    {
        await using var server = await KommoServer.StartAsync(Answer.Problem(404, """{"status":404}"""));

        Assert.False(await server.BareClient().Salesbot.ContinueAsync(ReturnUrl));
    }

    [Theory]
    [InlineData("https://example.kommo.com/api/v4/leads")]
    [InlineData("https://example.kommo.com/api/v4/salesbot/1/continue/2/../../../../leads")]
    [InlineData("https://example.kommo.com/api/v4/salesbot/1/continue/2%2F..%2Fx")]
    [InlineData("https://example.kommo.com/other/api/v4/salesbot/1/continue/2")]
    [InlineData("//elsewhere.example.com/api/v4/salesbot/1/continue/2")]
    public async Task An_address_that_continues_no_bot_is_refused_before_anything_is_sent(string address)
    {
        await using var server = await KommoServer.StartAsync(new Answer(202));

        await Assert.ThrowsAsync<ArgumentException>(() =>
            server.BareClient().Salesbot.ContinueAsync(new Uri(address, UriKind.RelativeOrAbsolute)));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("a long text")]
    [InlineData("many buttons")]
    [InlineData("many handlers")]
    public async Task What_is_against_kommos_limits_is_refused_before_anything_is_sent(string what)
    {
        await using var server = await KommoServer.StartAsync(new Answer(202));
        SalesbotAction[] actions = what switch
        {
            "a long text" => [SalesbotAction.Show(new string('x', 81))],
            "many buttons" => [SalesbotAction.ShowButtons("x", [.. Enumerable.Repeat("b", 26)])],
            _ => [.. Enumerable.Repeat(SalesbotAction.Show("x"), 11)],
        };

        await Assert.ThrowsAsync<KommoLimitException>(() =>
            server.BareClient().Salesbot.ContinueAsync(ReturnUrl, new SalesbotContinuation { ExecuteHandlers = actions }));
        Assert.Empty(server.Requests);
    }
}
