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
        Assert.Contains("account", JsonElement.Parse(WorkerRequest.Text(response)).GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("application/json; charset=utf-8", Assert.Single(response.Headers.GetValues("Content-Type")));
    }
}
