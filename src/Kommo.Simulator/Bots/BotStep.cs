using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Kommo.Simulator.Hooks;

namespace Kommo.Simulator.Bots;

/// <summary>
/// The request of a bot's widget step: a token signed with the integration's secret, what the bot's author wrote, and where to go on
/// (Kommo: Salesbot, widget_request).
/// </summary>
internal static class BotStep
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public static string Token(KommoSimulatorOptions options, EntityKind kind, long entityId, Uri account, Uri audience)
    {
        long now = options.TimeProvider.GetUtcNow().ToUnixTimeSeconds();
        string unsigned = $"{Encode("""{"typ":"JWT","alg":"HS512"}""")}." + Encode(new JsonObject
        {
            ["iss"] = account.GetLeftPart(UriPartial.Authority),
            ["aud"] = audience.GetLeftPart(UriPartial.Authority),
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + 300,
            ["account_id"] = options.AccountId,
            ["subdomain"] = options.Subdomain,
            ["client_uuid"] = options.ClientId,
            ["entity_type"] = kind switch { EntityKind.Contact => "contact", EntityKind.Customer => "customer", _ => "lead" },
            ["entity_id"] = entityId,
        }.ToJsonString());
        byte[] signature = HMACSHA512.HashData(Encoding.UTF8.GetBytes(options.ClientSecret), Encoding.ASCII.GetBytes(unsigned));
        return $"{unsigned}.{Encode(signature)}";
    }

    /// <summary>The status that the widget answered; 0 without an answer within two seconds.</summary>
    public static async Task<int> SendAsync(
        Uri widget, string token, JsonObject data, string returnUrl, bool asForm, KommoSimulatorOptions options, CancellationToken ct)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, widget);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(asForm
            ? Form(token, data, returnUrl)
            : new JsonObject { ["token"] = token, ["data"] = data.DeepClone(), ["return_url"] = returnUrl }.ToJsonString()));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(asForm ? "application/x-www-form-urlencoded" : "application/json");
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

    private static string Form(string token, JsonObject data, string returnUrl)
    {
        FormBody form = new();
        form.Add("token", token);
        foreach ((string name, JsonNode? value) in data)
        {
            form.At("data").Add(name, value?.ToString());
        }

        form.Add("return_url", returnUrl);
        return form.ToString();
    }

    private static string Encode(string text) => Encode(Encoding.UTF8.GetBytes(text));

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
