using System.Text;
using System.Text.Json;
using KommoFunctions.DeadLetters;

namespace KommoFunctions.Core.Tests.Framework;

/// <summary>An operator at the routes for dead letters.</summary>
internal sealed class LetterDesk(CoreProcess process)
{
    private DeadLetterEndpoints Endpoints => process.Get<DeadLetterEndpoints>();

    /// <summary>The items of one page.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(params (string Name, string Value)[] query) =>
        [.. (await ReadPageAsync(query)).GetProperty("items").EnumerateArray()];

    public async Task<JsonElement> ReadPageAsync(params (string Name, string Value)[] query) => Ok(await TryListAsync(query));

    public Task<HttpAnswer> TryListAsync(params (string Name, string Value)[] query) =>
        Endpoints.ListAsync(name => query.Where(pair => pair.Name == name).Select(pair => pair.Value).FirstOrDefault());

    /// <summary>The only dead letter, which has to be there for that reason, with all that is known of it.</summary>
    public async Task<JsonElement> FindAsync(string reason)
    {
        var item = Assert.Single(await ListAsync());
        Assert.Equal(reason, item.GetProperty("reason").GetString());
        return await ShowAsync(item);
    }

    public async Task<JsonElement> ShowAsync(JsonElement item)
    {
        var (account, id) = KeyOf(item);
        return Ok(await Endpoints.GetAsync(account, id));
    }

    /// <summary>Gives it another body, by what is shown of it now.</summary>
    public async Task<JsonElement> EditAsync(JsonElement item, string body, long? account = null) => Ok(await TryEditAsync(await ShowAsync(item), body, account));

    /// <summary>Tries to give it another body, as somebody who has seen <paramref name="shown"/>.</summary>
    public Task<HttpAnswer> TryEditAsync(JsonElement shown, string body, long? account = null)
    {
        var (accountId, id) = KeyOf(shown);
        return Endpoints.EditAsync(
            accountId, id, Body(new { body, account }), "application/json", shown.GetProperty("etag").GetString());
    }

    public Task<HttpAnswer> TryUndoAsync(JsonElement shown)
    {
        var (accountId, id) = KeyOf(shown);
        return Endpoints.UndoEditAsync(accountId, id, shown.GetProperty("etag").GetString());
    }

    /// <summary>Puts it back, and lets everything come to its end.</summary>
    public async Task ReplayAsync(JsonElement item)
    {
        Assert.Equal(202, (await TryReplayAsync(item)).StatusCode);
        await process.SettleAsync();
    }

    public Task<HttpAnswer> TryReplayAsync(JsonElement item)
    {
        var (account, id) = KeyOf(item);
        return Endpoints.ReplayAsync(account, id);
    }

    public Task<HttpAnswer> TryReplayManyAsync(object request, string contentType = "application/json") =>
        Endpoints.ReplayManyAsync(Body(request), contentType);

    public async Task<JsonElement> ReplayManyAsync(object request) => Ok(await TryReplayManyAsync(request));

    public async Task<JsonElement> DiscardManyAsync(object request) => Ok(await Endpoints.DiscardManyAsync(Body(request), "application/json"));

    /// <summary>The text of the body that is shown.</summary>
    public static string TextOf(JsonElement shown) => shown.GetProperty("body").GetProperty("text").GetString()!;

    public static string DetailOf(HttpAnswer problem) => JsonElement.Parse(problem.Content.Span).GetProperty("detail").GetString()!;

    private static JsonElement Ok(HttpAnswer answer)
    {
        Assert.True(answer.StatusCode == 200, Encoding.UTF8.GetString(answer.Content.Span));
        return JsonElement.Parse(answer.Content.Span);
    }

    private static (long Account, string Id) KeyOf(JsonElement item) => (item.GetProperty("accountId").GetInt64(), item.GetProperty("id").GetString()!);

    private static MemoryStream Body(object value) => new(JsonSerializer.SerializeToUtf8Bytes(value));
}
