namespace Kommo;

/// <summary>The links of one kind of entity (Kommo: Links). Making a link twice, or taking one away that is not there, changes nothing.</summary>
public sealed class LinksClient
{
    private const string List = "links";

    private readonly KommoConnection _connection;
    private readonly ResourceRoute _entities;
    private readonly EntityType[] _targets;

    internal LinksClient(KommoConnection connection, ResourceRoute entities, params EntityType[] targets) =>
        (_connection, _entities, _targets) = (connection, entities, targets);

    /// <summary>Reads the links of one entity, all in one request.</summary>
    /// <param name="entityId">The entity.</param>
    /// <param name="query">Which links; null for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<IReadOnlyList<LinkedEntity>> ListAsync(long entityId, LinkQuery? query = null, CancellationToken cancellationToken = default) =>
        ReadAsync(_entities.CallOne(HttpMethod.Get, entityId, "/links"), (query ?? new()).ToQueryString(), cancellationToken);

    /// <summary>Reads the links of several entities, all in one request.</summary>
    /// <param name="entityIds">The entities, at most 250.</param>
    /// <param name="query">Which links; null for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoLimitException">More than 250 entities.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<IReadOnlyList<LinkedEntity>> ListManyAsync(
        IReadOnlyList<long> entityIds, LinkQuery? query = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entityIds);
        KommoLimitException.RequireAtMost(entityIds.Count, KommoLimits.EntitiesPerRequest, "entities in one request", nameof(entityIds));
        var text = (query ?? new()).ToQueryString();
        text.Add("filter[entity_id]", entityIds);
        return ReadAsync(_entities.Below("/links", List).Call(HttpMethod.Get), text, cancellationToken);
    }

    /// <summary>Makes links from one entity.</summary>
    /// <param name="entityId">The entity.</param>
    /// <param name="links">The links, at most 250; <see cref="Link"/> has a factory for each kind.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="ArgumentException">A link leads to a kind of entity that this one cannot be linked to, or there are too many.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<IReadOnlyList<LinkedEntity>> LinkAsync(long entityId, IReadOnlyList<Link> links, CancellationToken cancellationToken = default)
    {
        var answer = await SendAsync(_entities.CallOne(HttpMethod.Post, entityId, "/link"), links, cancellationToken).ConfigureAwait(false);
        return Read(answer);
    }

    /// <summary>Takes links of one entity away.</summary>
    /// <param name="entityId">The entity.</param>
    /// <param name="links">The links, at most 250.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="ArgumentException">A link leads to a kind of entity that this one cannot be linked to, or there are too many.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task UnlinkAsync(long entityId, IReadOnlyList<Link> links, CancellationToken cancellationToken = default) =>
        SendAsync(_entities.CallOne(HttpMethod.Post, entityId, "/unlink"), links, cancellationToken);

    /// <summary>Makes links from several entities.</summary>
    /// <param name="links">The links, at most 250, each with its <see cref="Link.EntityId"/>.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="ArgumentException">A link names no entity or leads to a wrong kind of entity, or there are too many.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<IReadOnlyList<LinkedEntity>> LinkManyAsync(IReadOnlyList<Link> links, CancellationToken cancellationToken = default)
    {
        RequireEntities(links);
        var answer = await SendAsync(_entities.Below("/link", List).Call(HttpMethod.Post), links, cancellationToken).ConfigureAwait(false);
        return Read(answer);
    }

    /// <summary>Takes links of several entities away.</summary>
    /// <param name="links">The links, at most 250, each with its <see cref="Link.EntityId"/>.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="ArgumentException">A link names no entity or leads to a wrong kind of entity, or there are too many.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task UnlinkManyAsync(IReadOnlyList<Link> links, CancellationToken cancellationToken = default)
    {
        RequireEntities(links);
        return SendAsync(_entities.Below("/unlink", List).Call(HttpMethod.Post), links, cancellationToken);
    }

    private static void RequireEntities(IReadOnlyList<Link> links)
    {
        ArgumentNullException.ThrowIfNull(links);
        if (links.Any(link => link.EntityId is null))
        {
            throw new ArgumentException("Each of many links names the entity that it starts from.", nameof(links));
        }
    }

    private async Task<IReadOnlyList<LinkedEntity>> ReadAsync(KommoCall call, QueryString query, CancellationToken cancellationToken)
    {
        call = call with { PathAndQuery = call.PathAndQuery + query };
        return Read(await _connection.SendAsync(call, cancellationToken).ConfigureAwait(false));
    }

    private Task<KommoAnswer> SendAsync(KommoCall call, IReadOnlyList<Link> links, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(links);
        KommoLimitException.Require(links.Count, 1, KommoLimits.EntitiesPerRequest, "A request", nameof(links));
        if (links.FirstOrDefault(link => !_targets.Contains(link.ToEntityType)) is { } wrong)
        {
            throw new ArgumentException(
                $"{_entities.Key} are linked to {string.Join(", ", _targets)}, not to {wrong.ToEntityType}.", nameof(links));
        }

        call = call with { IsRepeatable = true, AnswerMayBeEmpty = true };
        return _connection.SendAsync(call.With([.. links], KommoJson.TypeOf<Link[]>()), cancellationToken);
    }

    private static IReadOnlyList<LinkedEntity> Read(KommoAnswer answer) =>
        answer.IsEmpty ? [] : answer.ReadPage(List, KommoJson.TypeOf<LinkedEntity>()).Items;
}
