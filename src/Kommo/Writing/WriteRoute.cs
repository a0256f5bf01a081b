using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Kommo;

/// <summary>A route that writes many entities in one request.</summary>
/// <param name="connection">The connection.</param>
/// <param name="method">POST creates, PATCH changes.</param>
/// <param name="route">Where; an empty key when the answer is a plain list.</param>
internal sealed class WriteRoute<TItem, TAnswer>(KommoConnection connection, HttpMethod method, ResourceRoute route)
    where TItem : WriteItem
    where TAnswer : class
{
    private static readonly JsonTypeInfo<TItem> ItemMetadata = KommoJson.TypeOf<TItem>();
    private static readonly JsonTypeInfo<TAnswer> AnswerMetadata = KommoJson.TypeOf<TAnswer>();

    /// <summary>The most items that one request takes.</summary>
    public int MostItems { get; init; } = KommoLimits.EntitiesPerRequest;

    /// <summary>
    /// Whether a request of unknown fate may be sent again: a change says what a field is to be, so twice is as good as
    /// once; a creation would make a second entity.
    /// </summary>
    public bool IsRepeatable => method != HttpMethod.Post;

    /// <summary>Writes one entity and returns its answer.</summary>
    public async Task<TAnswer> WriteOneAsync(TItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        return (await WriteInOneRequestAsync([item], cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>Writes any number, in batches.</summary>
    public Task<WriteResults<TAnswer>> WriteManyAsync(
        IAsyncEnumerable<TItem> items, WriteOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        return new BatchWriter<TItem, TAnswer>(this, options ?? WriteOptions.Default).WriteAsync(items, cancellationToken);
    }

    /// <summary>
    /// Writes all in one request; the answers stand in the order of the items. Not even a change is repeated when its answer was lost: the
    /// caller keeps account of its requests.
    /// </summary>
    /// <exception cref="KommoException">The request failed, or its answer lacks an item.</exception>
    public async Task<IReadOnlyList<TAnswer>> WriteInOneRequestAsync(IReadOnlyList<TItem> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        KommoLimitException.RequireAtMost(items.Count, MostItems, "items in one request", nameof(items));
        if (items.Count == 0)
        {
            return [];
        }

        foreach (var item in items)
        {
            item.Require();
        }

        var named = WithRequestIds(items);
        var (answer, found) = await SendAsync(named, isRepeatable: false, cancellationToken).ConfigureAwait(false);
        var missing = Array.FindIndex(found, one => one is null);
        return missing < 0 ? found.OfType<TAnswer>().ToArray() : throw Missing(answer, named[missing]);
    }

    /// <summary>Writes items that have request ids of their own; an answer that is missing is null.</summary>
    public async Task<(KommoAnswer Answer, TAnswer?[] Found)> SendAsync(
        IReadOnlyList<TItem> items, bool isRepeatable, CancellationToken cancellationToken)
    {
        var call = new KommoCall(method, route.Template, route.Path) { Body = Serialize(items), IsRepeatable = isRepeatable };
        var answer = await connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        var answers = route.Key.Length == 0 ? answer.ReadList(AnswerMetadata) : answer.ReadPage(route.Key, AnswerMetadata, route.OtherKey).Items;
        return (answer, WriteAnswers.InOrder(items, answers));
    }

    /// <summary>Why an item has no answer: Kommo refused it alone, or said nothing.</summary>
    public static KommoException Missing(KommoAnswer answer, TItem item) =>
        (KommoException?)answer.RefusalOf(item.RequestId) ?? answer.Unexpected("an answer that lacks a written entity");

    public static TItem Named(TItem item, string requestId) => item.RequestId is null ? (TItem)(item with { RequestId = requestId }) : item;

    private static TItem[] WithRequestIds(IReadOnlyList<TItem> items)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        if (items.Any(item => item.RequestId is { } id && !taken.Add(id)))
        {
            throw new ArgumentException("Two items of one request have the same request id.", nameof(items));
        }

        return [.. items.Select((item, position) => item.RequestId is null ? Named(item, FreeId(taken, position)) : item)];
    }

    private static string FreeId(HashSet<string> taken, int position)
    {
        var id = position.ToString(CultureInfo.InvariantCulture);
        while (!taken.Add(id))
        {
            id += "_";
        }

        return id;
    }

    private static byte[] Serialize(IReadOnlyList<TItem> items)
    {
        var buffer = new ArrayBufferWriter<byte>(items.Count * 128);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var item in items)
            {
                JsonSerializer.Serialize(writer, item, ItemMetadata);
            }

            writer.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
