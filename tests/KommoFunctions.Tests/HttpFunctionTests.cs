using System.Net;
using System.Text.Json;
using KommoFunctions.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Tests;

/// <summary>That answers of Core's reach the caller as they are, shown with answers that need no storage.</summary>
public sealed class HttpFunctionTests
{
    [Fact]
    public async Task An_answer_to_a_hook_is_passed_on()
    {
        await using var services = SampleServices.Create();
        var function = ActivatorUtilities.CreateInstance<ReceiveHook>(services);

        var response = await function.RunAsync(new WorkerRequest("POST", "/api/hooks/nobody/x", "a=b"), "nobody", "x", CancellationToken.None);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("unknown address", WorkerRequest.Text(response));
        Assert.Equal("text/plain; charset=utf-8", Assert.Single(response.Headers.GetValues("Content-Type")));
    }

    [Fact]
    public async Task An_unsigned_request_of_any_other_kind_is_refused_without_asking_storage()
    {
        await using var services = SampleServices.Create();

        var chat = await ActivatorUtilities.CreateInstance<ReceiveChatHook>(services)
            .RunAsync(new WorkerRequest("POST", "/api/chats/scope", "{}"), "scope", CancellationToken.None);
        var bot = await ActivatorUtilities.CreateInstance<ReceiveSalesbotRequest>(services)
            .RunAsync(new WorkerRequest("POST", "/api/salesbot", "{}"), CancellationToken.None);
        var uninstall = await ActivatorUtilities.CreateInstance<ReceiveUninstall>(services)
            .RunAsync(new WorkerRequest("GET", "/api/uninstall?account_id=1&signature=00"), CancellationToken.None);

        Assert.All([chat, bot, uninstall], response => Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode));
    }

    [Fact]
    public async Task An_answer_about_dead_letters_is_passed_on()
    {
        await using var services = SampleServices.Create();
        var function = ActivatorUtilities.CreateInstance<ListDeadLetters>(services);

        var response = await function.RunAsync(new WorkerRequest("GET", "/api/dead-letters?account=nobody"), CancellationToken.None);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("account", JsonElement.Parse(WorkerRequest.Text(response)).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("application/problem+json; charset=utf-8", Assert.Single(response.Headers.GetValues("Content-Type")));
    }

    [Fact]
    public async Task An_edit_without_a_version_is_refused_as_core_refuses_it()
    {
        await using var services = SampleServices.Create();
        var request = new WorkerRequest("PUT", "/api/dead-letters/1/x/body", "{}");
        request.Headers.Add("Content-Type", "application/json");

        var response = await ActivatorUtilities.CreateInstance<EditDeadLetter>(services).RunAsync(request, 1, "x", CancellationToken.None);

        Assert.Equal(428, (int)response.StatusCode);
    }

    [Fact]
    public async Task Many_are_not_touched_without_a_word_on_which()
    {
        await using var services = SampleServices.Create();
        var request = new WorkerRequest("POST", "/api/dead-letters/discard", "{}");
        request.Headers.Add("Content-Type", "application/json");

        var response = await ActivatorUtilities.CreateInstance<DiscardDeadLetters>(services).RunAsync(request, CancellationToken.None);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_page_is_passed_on_with_its_headers()
    {
        await using var services = SampleServices.Create();
        var function = ActivatorUtilities.CreateInstance<FinishConnecting>(services);

        var response = await function.RunAsync(new WorkerRequest("GET", "/api/oauth/callback?error=access_denied"), CancellationToken.None);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("<h1>Access was not allowed</h1>", WorkerRequest.Text(response), StringComparison.Ordinal);
        Assert.Equal("text/html; charset=utf-8", Assert.Single(response.Headers.GetValues("Content-Type")));
        Assert.Equal("no-store", Assert.Single(response.Headers.GetValues("Cache-Control")));
        Assert.StartsWith("default-src 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("code=c", 400, "That is not a Kommo account")]
    [InlineData("code=c&referer=evil.example", 400, "That is not a Kommo account")]
    [InlineData("code=c&referer=example.kommo.com", 400, "One more step")]
    [InlineData("code=c&referer=example.kommo.com&client_id=another", 400, "This is about another integration")]
    [InlineData("referer=example.kommo.com", 400, "This page needs to be opened by Kommo")]
    public async Task Each_part_of_the_callbacks_query_reaches_core(string query, int status, string heading)
    {
        await using var services = SampleServices.Create();
        var function = ActivatorUtilities.CreateInstance<FinishConnecting>(services);

        var response = await function.RunAsync(new WorkerRequest("GET", $"/api/oauth/callback?{query}"), CancellationToken.None);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains($"<h1>{heading}</h1>", WorkerRequest.Text(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_not_sent_as_json_is_refused()
    {
        await using var services = SampleServices.Create();
        var function = ActivatorUtilities.CreateInstance<AddAccount>(services);

        var response = await function.RunAsync(new WorkerRequest("POST", "/api/accounts", "token=x"), CancellationToken.None);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("application/problem+json; charset=utf-8", Assert.Single(response.Headers.GetValues("Content-Type")));
    }
}
