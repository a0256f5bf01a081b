using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Documents;

namespace Kommo.Simulator.Chats;

/// <summary>
/// Tells the channel what the account did in its chats: signed JSON, five seconds, once, only 200 counts (Kommo: Chats API,
/// webhooks).
/// </summary>
internal static class ChatHookSender
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public static JsonObject Message(JsonObject message, JsonObject chat, long now)
    {
        JsonObject user = chat.Object("user");
        return new JsonObject
        {
            ["receiver"] = new JsonObject
            {
                ["id"] = user.Text("id"),
                ["phone"] = user.Text("phone"),
                ["email"] = user.Text("email"),
                ["client_id"] = user.Text("client_id"),
            },
            ["sender"] = new JsonObject { ["id"] = message.Text("author_id"), ["name"] = message.Text("author_name") },
            ["conversation"] = new JsonObject { ["id"] = chat.Text("id"), ["client_id"] = chat.Text("conversation_id") },
            ["source"] = new JsonObject { ["external_id"] = "" },
            ["timestamp"] = now,
            ["msec_timestamp"] = now * 1000,
            ["message"] = new JsonObject
            {
                ["id"] = message.Text("id"),
                ["type"] = message.Text("type"),
                ["text"] = message.Text("text"),
                ["markup"] = null,
                ["tag"] = "",
                ["media"] = message.Text("media"),
                ["thumbnail"] = "",
                ["file_name"] = message.Text("file_name"),
                ["file_size"] = message.Long("file_size"),
            },
        };
    }

    /// <summary>The status that the channel answered; 0 without an answer in time.</summary>
    public static async Task<int> SendAsync(string name, JsonObject content, KommoSimulatorOptions options, CancellationToken ct)
    {
        if (options.ChatHook is not { } template)
        {
            throw new InvalidOperationException("The simulator's ChatHook is not set: nobody is told of chats.");
        }

        JsonObject hook = new()
        {
            ["account_id"] = AccountCatalog.AmojoId,
            ["time"] = options.TimeProvider.GetUtcNow().ToUnixTimeSeconds(),
            [name] = content,
        };
        byte[] body = Encoding.UTF8.GetBytes(hook.ToJsonString());
        using HttpRequestMessage request = new(
            HttpMethod.Post, template.Replace(":scope_id", ChatTables.Scope(options), StringComparison.Ordinal));
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("X-Signature", ChatSignature.OfBody(options.ChatChannelSecret, body));
        using CancellationTokenSource deadline = new(Deadline, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, ct);
        try
        {
            using HttpResponseMessage response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return (int)response.StatusCode;
        }
        catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return 0;
        }
    }
}
