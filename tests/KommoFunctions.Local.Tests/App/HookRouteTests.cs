using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Storage.Queues;
using KommoFunctions.Local.Surroundings;
using KommoFunctions.Local.Tests.Framework;
using KommoFunctions.Messaging;

namespace KommoFunctions.Local.Tests.App;

[Collection(RunningApp.Name)]
public sealed class HookRouteTests(RunningApp app)
{
    private const string Form = "application/x-www-form-urlencoded";

    [Fact]
    public async Task A_wrong_token_gets_401_and_leaves_no_trace_in_the_queue()
    {
        var (wrong, right) = ($"to a wrong address {Guid.NewGuid():N}", $"to the right address {Guid.NewGuid():N}");
        using var refused = await PostAsync(new Uri(app.HookAddress, new string('A', 43)), wrong);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        // Both bodies are no hooks: were the first one in the queue, it would be a dead letter before the second.
        using var taken = await PostAsync(app.HookAddress, right);
        await FindDeadLetterAsync(right);
        Assert.Null(await LookForDeadLetterAsync(wrong));
    }

    [Fact]
    public async Task A_body_that_is_no_hook_gets_200_and_becomes_a_dead_letter_with_a_reason()
    {
        var body = $"no hook at all {Guid.NewGuid():N}";
        using var response = await PostAsync(app.HookAddress, body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var letter = await FindDeadLetterAsync(body);
        Assert.Equal("not-a-hook", letter.GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("POST", "api/salesbot")]
    [InlineData("POST", "api/chats/scope")]
    [InlineData("GET", "api/uninstall?client_uuid=x&account_id=1&signature=00")]
    public async Task What_kommo_did_not_sign_gets_401(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(app.Surroundings.AppAddress, path));
        request.Content = method == "POST" ? new StringContent("{}") : null;
        using var response = await app.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_signed_uninstall_hint_gets_200()
    {
        var hook = new Uri(app.Surroundings.AppAddress, "api/uninstall");
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(LocalSurroundings.ClientSecret), Encoding.UTF8.GetBytes($"{LocalSurroundings.ClientId}|{app.AccountId}")));
        var query = $"?client_uuid={LocalSurroundings.ClientId}&account_id={app.AccountId}&signature={signature}";
        using var response = await app.Http.GetAsync(new Uri(hook, query));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_dead_letter_can_be_discarded()
    {
        var body = $"no hook either {Guid.NewGuid():N}";
        using var response = await PostAsync(app.HookAddress, body);
        var letter = await FindDeadLetterAsync(body);
        var address = DeadLetters($"/{letter.GetProperty("accountId")}/{letter.GetProperty("id").GetString()}");
        using var first = await app.Http.DeleteAsync(address);
        using var second = await app.Http.DeleteAsync(address);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (first.StatusCode, second.StatusCode));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_above_the_limit_gets_413(bool tellsItsLength)
    {
        using var content = new StreamContent(new MemoryStream(new byte[(4 * 1024 * 1024) + 1]));
        using var request = new HttpRequestMessage(HttpMethod.Post, app.HookAddress) { Content = content };
        request.Headers.TransferEncodingChunked = !tellsItsLength;
        using var response = await app.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task A_hook_while_storage_is_down_gets_503_in_time_and_no_exceptions_text()
    {
        var start = TimeProvider.System.GetTimestamp();
        app.Surroundings.StorageFaults!.RefuseConnections = true;
        try
        {
            using var response = await PostAsync(app.HookAddress, "leads[add][0][id]=1");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Equal("try again later", await response.Content.ReadAsStringAsync());
            Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        }
        finally
        {
            app.Surroundings.StorageFaults.RefuseConnections = false;
        }
    }

    [Fact]
    public async Task A_hook_becomes_a_task_and_a_note()
    {
        var lead = Assert.Single(app.Surroundings.Simulator.CreateLeads(1));
        await RunningApp.WaitAsync(() => app.Surroundings.Simulator.Tasks.Any(task => task.EntityId == lead)
            && app.Surroundings.Simulator.Notes.Any(note => note.EntityId == lead));
    }

    [Fact]
    public async Task A_message_that_brings_its_function_down_again_and_again_becomes_a_dead_letter()
    {
        var poison = new QueueClient(
            app.Surroundings.Azurite.ConnectionString, QueueNames.PoisonEvents, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        var message = $"not even an envelope {Guid.NewGuid():N}";
        await poison.SendMessageAsync(message);
        var letter = await FindDeadLetterAsync(message);
        Assert.Equal(("poison", "kommo-events"), (letter.GetProperty("reason").GetString(), letter.GetProperty("source").GetString()));
    }

    private Task<HttpResponseMessage> PostAsync(Uri address, string body) =>
        app.Http.PostAsync(address, new StringContent(body, Encoding.UTF8, Form));

    private Uri DeadLetters(string path = "") => new(app.Surroundings.AppAddress, $"api/dead-letters{path}");

    private async Task<JsonElement> FindDeadLetterAsync(string text)
    {
        JsonElement? found = null;
        await RunningApp.WaitAsync(async () => (found = await LookForDeadLetterAsync(text)) is not null);
        return found!.Value;
    }

    /// <summary>The dead letter whose body has the text; null when there is none.</summary>
    private async Task<JsonElement?> LookForDeadLetterAsync(string text)
    {
        var list = JsonElement.Parse(await app.Http.GetStringAsync(DeadLetters("?limit=200")));
        foreach (var item in list.GetProperty("items").EnumerateArray())
        {
            var letter = await app.Http.GetStringAsync(DeadLetters($"/{item.GetProperty("accountId")}/{item.GetProperty("id").GetString()}"));
            if (letter.Contains(text, StringComparison.Ordinal))
            {
                return JsonElement.Parse(letter);
            }
        }

        return null;
    }
}
