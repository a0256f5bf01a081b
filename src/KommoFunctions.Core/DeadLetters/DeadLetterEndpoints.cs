using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KommoFunctions.DeadLetters;

/// <summary>The operators' HTTP routes for dead letters, apart from what kind of host serves them.</summary>
public sealed class DeadLetterEndpoints
{
    private const int MostListed = 500;

    private readonly DeadLetterStore _store;
    private readonly DeadLetterReplay _replay;

    internal DeadLetterEndpoints(DeadLetterStore store, DeadLetterReplay replay)
    {
        _store = store;
        _replay = replay;
    }

    /// <summary>Lists up to 500 dead letters, oldest first within an account.</summary>
    /// <param name="account">The account id as it stands in the query; null or empty for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>200 with the items; 400 when <paramref name="account"/> is no id.</returns>
    public async Task<JsonAnswer> ListAsync(string? account, CancellationToken cancellationToken = default)
    {
        long? accountId = null;
        if (!string.IsNullOrEmpty(account))
        {
            if (!long.TryParse(account, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                return JsonAnswer.Error(400, $"'account' is no account id. It should be a whole number, such as 30000001.");
            }

            accountId = id;
        }

        var items = new List<DeadLetterView>();
        await foreach (var item in _store.ListAsync(accountId, cancellationToken))
        {
            items.Add(DeadLetterView.Of(item));
            if (items.Count == MostListed)
            {
                break;
            }
        }

        return new JsonAnswer(200, JsonSerializer.SerializeToUtf8Bytes(items, DeadLetterJson.Readable.ListDeadLetterView));
    }

    /// <summary>Puts one back to where it came from.</summary>
    /// <returns>202; 404 when there is none; 409 when it cannot be replayed, only discarded.</returns>
    public async Task<JsonAnswer> ReplayAsync(long accountId, string id, CancellationToken cancellationToken = default)
    {
        if (await _store.GetAsync(accountId, id, cancellationToken) is null)
        {
            return NotFound;
        }

        return await _replay.ReplayAsync(accountId, id, cancellationToken)
            ? JsonAnswer.Message(202, "It is in its queue again.")
            : JsonAnswer.Error(409, "It is no message of this app, so it can only be discarded.");
    }

    /// <summary>Removes one for good.</summary>
    /// <returns>200; 404 when there is none.</returns>
    public async Task<JsonAnswer> DiscardAsync(long accountId, string id, CancellationToken cancellationToken = default) =>
        await _store.DiscardAsync(accountId, id, cancellationToken) ? JsonAnswer.Message(200, "It is gone.") : NotFound;

    private static JsonAnswer NotFound => JsonAnswer.Error(404, "There is no such dead letter. Perhaps it was replayed and is done.");
}

/// <summary>A dead letter as an operator sees it.</summary>
internal sealed record DeadLetterView(
    string Id,
    long AccountId,
    string Source,
    string Reason,
    string FirstError,
    string LastError,
    int Attempts,
    int Replays,
    DateTimeOffset ReceivedAt,
    DateTimeOffset DiedAt,
    string Message)
{
    public static DeadLetterView Of(DeadLetter item) => new(
        item.Id,
        item.AccountId,
        item.Source,
        item.Reason,
        item.FirstError,
        item.LastError,
        item.Attempts,
        item.Replays,
        item.ReceivedAt,
        item.DiedAt,
        item.Message.ToString());
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(List<DeadLetterView>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class DeadLetterJson : JsonSerializerContext
{
    /// <summary>Form bodies stay readable: the answer is JSON, never put into a page.</summary>
    public static DeadLetterJson Readable => Holder.Instance;

    private static class Holder
    {
        public static readonly DeadLetterJson Instance =
            new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
