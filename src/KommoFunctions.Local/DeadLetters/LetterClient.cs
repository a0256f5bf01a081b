using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KommoFunctions.Local.DeadLetters;

/// <summary>Talks to the operators' routes of a running app, on this machine or in Azure.</summary>
internal sealed class LetterClient : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="app">The app's address, without <c>/api</c>.</param>
    /// <param name="key">The function key; null where none is asked for.</param>
    /// <exception cref="LetterCommandException">The key would go over the network in the clear.</exception>
    public LetterClient(Uri app, string? key)
    {
        if (key is not null && app.Scheme != Uri.UriSchemeHttps && !app.IsLoopback)
        {
            throw new LetterCommandException($"A key is sent over https only; {app} is not. Use the app's https address.");
        }

        // A mass replay is answered when it is done; an HTTP function has 230 seconds.
        _http = new HttpClient { BaseAddress = new Uri(app, $"/{HttpRoutes.Prefix}/{HttpRoutes.DeadLetters}/"), Timeout = TimeSpan.FromSeconds(240) };
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (key is not null)
        {
            _http.DefaultRequestHeaders.Add("x-functions-key", key);
        }
    }

    public Task<JsonElement> ListAsync(LetterSelection selection, int limit, string? next, CancellationToken cancellationToken)
    {
        var values = selection.Values.Append(("limit", $"{limit}")).Append(("continue", next));
        var query = string.Join('&', values.Where(pair => pair.Item2 is not null).Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2!)}"));
        return SendAsync(HttpMethod.Get, $"../{HttpRoutes.DeadLetters}?{query}", null, null, cancellationToken);
    }

    public Task<JsonElement> ShowAsync(LetterKey key, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, key.Path, null, null, cancellationToken);

    public Task<JsonElement> EditAsync(LetterKey key, string etag, string body, long? account, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, $"{key.Path}/body", new JsonObject { ["body"] = body, ["account"] = account }, etag, cancellationToken);

    public Task<JsonElement> UndoEditAsync(LetterKey key, string etag, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, $"{key.Path}/body", null, etag, cancellationToken);

    public Task<JsonElement> ReplayAsync(LetterKey key, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"{key.Path}/replay", null, null, cancellationToken);

    public Task<JsonElement> DiscardAsync(LetterKey key, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, key.Path, null, null, cancellationToken);

    /// <summary>Replays or discards some of those that are selected; the answer says how to go on.</summary>
    public Task<JsonElement> RunManyAsync(string action, LetterSelection selection, string? next, CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["all"] = selection.All, ["continue"] = next };
        foreach (var (name, value) in selection.Values)
        {
            request[name] = value;
        }

        return SendAsync(HttpMethod.Post, action, request, null, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, JsonObject? body, string? etag, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json"));
        }

        if (etag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        }

        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return response.IsSuccessStatusCode ? JsonElement.Parse(text) : throw new LetterCommandException(Explain((int)response.StatusCode, text));
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new LetterCommandException($"The app at {_http.BaseAddress!.GetLeftPart(UriPartial.Authority)} does not answer: {e.Message} Is it running? Name another one with --url.");
        }
        catch (JsonException)
        {
            throw new LetterCommandException($"What answers at {_http.BaseAddress} is not this app: its answer is no JSON.");
        }
    }

    private static string Explain(int status, string text)
    {
        if (status == 401)
        {
            return "The app asks for a function key, or does not take this one. Put it into the environment variable that --key names.";
        }

        try
        {
            return JsonElement.Parse(text).TryGetProperty("detail", out var detail) ? detail.ToString() : $"The app answered {status}.";
        }
        catch (JsonException)
        {
            return $"The app answered {status}.";
        }
    }
}

/// <summary>Something that whoever typed the command can mend.</summary>
internal sealed class LetterCommandException(string message) : Exception(message);

/// <summary>Names a dead letter.</summary>
internal readonly record struct LetterKey(long Account, string Id)
{
    public string Path => $"{Account}/{Uri.EscapeDataString(Id)}";
}

/// <summary>Which dead letters are meant.</summary>
internal sealed record LetterSelection(string? Account, string? Reason, string? Source, string? From, string? To, bool All)
{
    public IEnumerable<(string Name, string? Value)> Values =>
        [.. new (string, string?)[] { ("account", Account), ("reason", Reason), ("source", Source), ("from", From), ("to", To) }.Where(pair => pair.Item2 is not null)];
}
