using System.Net;
using System.Text.Json.Serialization.Metadata;

namespace Kommo;

/// <summary>A list of API v4. Safe for concurrent use.</summary>
/// <typeparam name="TEntity">What the list holds.</typeparam>
/// <typeparam name="TQuery">What the list can be asked for.</typeparam>
public abstract class ReadableResource<TEntity, TQuery>
    where TEntity : class
    where TQuery : ResourceQuery, new()
{
    private static readonly JsonTypeInfo<TEntity> Metadata = KommoJson.TypeOf<TEntity>();

    private protected ReadableResource(KommoConnection connection, ResourceRoute route) => (Connection, Route) = (connection, route);

    private protected KommoConnection Connection { get; }

    private protected ResourceRoute Route { get; }

    /// <summary>Streams everything that the query matches, page after page, one request per page as it is needed.</summary>
    /// <param name="query">What to list; null for all.</param>
    /// <param name="cancellationToken">Ends the enumeration with an <see cref="OperationCanceledException"/>, never early and silently.</param>
    /// <exception cref="KommoException">While enumerating: Kommo refused, failed or was not reached.</exception>
    public IAsyncEnumerable<TEntity> ListAsync(TQuery? query = null, CancellationToken cancellationToken = default) =>
        PageLister.FlattenAsync(ListPagesAsync(query, cancellationToken), cancellationToken);

    /// <summary>
    /// Streams everything that the query matches in whole pages, which tell their numbers: a list that was interrupted goes
    /// on with <see cref="ListQuery.Page"/>.
    /// </summary>
    /// <param name="query">What to list; null for all.</param>
    /// <param name="cancellationToken">Ends the enumeration with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="KommoException">While enumerating: Kommo refused, failed or was not reached.</exception>
    public IAsyncEnumerable<Page<TEntity>> ListPagesAsync(TQuery? query = null, CancellationToken cancellationToken = default) =>
        PageLister.ListAsync(Connection, Route, query ?? new TQuery(), Metadata, cancellationToken);

    /// <summary>Reads one entity: null for 204 and for Kommo's own 404.</summary>
    private protected async Task<TEntity?> ReadOneAsync(KommoCall call, QueryString? query, CancellationToken cancellationToken)
    {
        call = call with { PathAndQuery = call.PathAndQuery + query, NotFoundIsEmpty = true };
        var answer = await Connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return answer.IsEmpty ? null : answer.Read(Metadata);
    }

    /// <summary>Writes one object to a route that answers with one.</summary>
    private protected async Task<TAnswer> WriteOneAsync<TItem, TAnswer>(KommoCall call, TItem item, CancellationToken cancellationToken)
        where TItem : WriteItem
        where TAnswer : class
    {
        ArgumentNullException.ThrowIfNull(item);
        item.Require();
        var answer = await Connection.SendAsync(call.With(item, KommoJson.TypeOf<TItem>()), cancellationToken).ConfigureAwait(false);
        return answer.Read(KommoJson.TypeOf<TAnswer>());
    }

    /// <summary>Deletes one entity: false when Kommo knows none of this id.</summary>
    private protected async Task<bool> DeleteOneAsync(KommoCall call, CancellationToken cancellationToken)
    {
        call = call with { NotFoundIsEmpty = true, AnswerMayBeEmpty = true };
        var answer = await Connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return answer.Status != HttpStatusCode.NotFound;
    }
}
