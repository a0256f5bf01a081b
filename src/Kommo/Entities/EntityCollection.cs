using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace Kommo;

/// <summary>What every collection of API v4 does: list, get, create many, change many.</summary>
internal sealed class EntityCollection<TEntity, TNew, TUpdate>(
    KommoConnection connection,
    EntityRoute route,
    JsonTypeInfo<TEntity> entityMetadata,
    JsonTypeInfo<TNew[]> newMetadata,
    JsonTypeInfo<TUpdate[]> updateMetadata)
    where TEntity : class
    where TNew : class, IBatchItem<TNew>
    where TUpdate : class, IBatchUpdate
{
    public async IAsyncEnumerable<TEntity> ListAsync(ListQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var at = route.Path + query.ToQueryString();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answer = await connection.SendAsync(new KommoCall(HttpMethod.Get, route.Path, at), cancellationToken).ConfigureAwait(false);
            if (answer.IsEmpty)
            {
                yield break;
            }

            var page = answer.ReadPage(route.Key, entityMetadata);
            foreach (var entity in page.Items)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return entity;
            }

            if (page.Next is null)
            {
                yield break;
            }

            var next = NextPage.PathAndQuery(page.Next) ?? throw answer.Unexpected("a next page outside the API");
            at = next != at ? next : throw answer.Unexpected("a next page that is the same one");
        }
    }

    public async Task<TEntity?> GetAsync(long id, QueryString query, CancellationToken cancellationToken)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"{route.Path}/{id}{query}");
        var call = new KommoCall(HttpMethod.Get, route.TemplateOfOne, path) { NotFoundIsEmpty = true };
        var answer = await connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return answer.IsEmpty ? null : answer.Read(entityMetadata);
    }

    public async Task<IReadOnlyList<CreatedEntity>> CreateAsync(IReadOnlyList<TNew> items, CancellationToken cancellationToken)
    {
        Batch.Require(items, nameof(items));
        if (items.Count == 0)
        {
            return [];
        }

        var named = Batch.WithRequestIds(items, nameof(items));
        var call = new KommoCall(HttpMethod.Post, route.Path, route.Path).With(named, newMetadata);
        var answer = await connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        var created = answer.ReadPage(route.Key, KommoJsonContext.Default.CreatedEntity).Items;
        return Batch.InOrder(named, item => item.RequestId, created, entity => entity.RequestId)
            ?? throw answer.Unexpected("an answer that lacks a created entity");
    }

    public async Task<IReadOnlyList<UpdatedEntity>> UpdateAsync(IReadOnlyList<TUpdate> updates, CancellationToken cancellationToken)
    {
        Batch.Require(updates, nameof(updates));
        if (updates.Count == 0)
        {
            return [];
        }

        var call = new KommoCall(HttpMethod.Patch, route.Path, route.Path).With(updates.ToArray(), updateMetadata);
        var answer = await connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        var updated = answer.ReadPage(route.Key, KommoJsonContext.Default.UpdatedEntity).Items;
        return Batch.InOrder(updates, update => (long?)update.Id, updated, entity => entity.Id)
            ?? throw answer.Unexpected("an answer that lacks a changed entity");
    }
}
