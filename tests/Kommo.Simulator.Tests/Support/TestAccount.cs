using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Kommo.Simulator.Tests.Support;

/// <summary>A running simulator with an authorised raw HttpClient.</summary>
internal sealed class TestAccount : IAsyncDisposable
{
    private TestAccount(KommoSimulator simulator)
    {
        Simulator = simulator;
        Http = new HttpClient { BaseAddress = simulator.BaseAddress };
        Token = simulator.IssueTokens().AccessToken;
    }

    public KommoSimulator Simulator { get; }

    public HttpClient Http { get; }

    public string Token
    {
        set => Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", value);
    }

    public static async Task<TestAccount> StartAsync(Action<KommoSimulatorOptions>? configure = null)
    {
        // Tests of other things than the limit must not run into it.
        KommoSimulatorOptions options = new() { RequestsPerSecond = 10_000 };
        configure?.Invoke(options);
        return new TestAccount(await KommoSimulator.StartAsync(options));
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Answer> PostAsync(string path, string json) => SendAsync(HttpMethod.Post, path, json);

    public Task<Answer> PatchAsync(string path, string json) => SendAsync(HttpMethod.Patch, path, json);

    public Task<Answer> DeleteAsync(string path, string json) => SendAsync(HttpMethod.Delete, path, json);

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    public Task<Answer> PutAsync(string path, string json) => SendAsync(HttpMethod.Put, path, json);

    /// <summary>As a user who is no admin.</summary>
    public Task<Answer> AsSellerAsync(HttpMethod method, string path, string? json) => SendAsync(method, path, json, 8000002);

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? json, long? user = null)
    {
        using HttpRequestMessage request = new(method, path);
        if (user is not null)
        {
            request.Headers.Add("X-Context-User-ID", user.ToString());
        }

        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        using HttpResponseMessage response = await Http.SendAsync(request);
        return new Answer(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.ToString(),
            await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Simulator.DisposeAsync();
    }
}

internal sealed record Answer(int Status, string? ContentType, string Text)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>The id of the first item that a write made.</summary>
    public long Id(string name) => Embedded(name)[0]!["id"]!.GetValue<long>();

    /// <summary>The first error of the first refused item, as code and path.</summary>
    public string Error => Json["validation-errors"]?[0]?["errors"]?[0] is { } error ? $"{error["code"]} {error["path"]}" : $"{Json["detail"]}";

    public JsonArray Embedded(string name) => Json["_embedded"]![name]!.AsArray();
}
