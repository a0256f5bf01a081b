namespace Kommo;

/// <summary>Sources of leads (Kommo: Sources): those of this integration alone, at most 100, at most 50 in one write.</summary>
public sealed class SourcesClient : EditableResource<Source, SourceQuery, NewSource, Source, SourceUpdate, Source>
{
    /// <summary>The most sources that one request may write.</summary>
    public const int SourcesPerRequest = 50;

    internal SourcesClient(KommoConnection connection)
        : base(connection, new ResourceRoute("/api/v4/sources", "sources"), SourcesPerRequest)
    {
    }

    /// <summary>Reads one source; null when there is none of this id.</summary>
    /// <param name="id">The source's id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<Source?> GetAsync(long id, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, id), null, cancellationToken);

    /// <inheritdoc />
    public override async Task<Source> UpdateAsync(SourceUpdate update, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(update);
        return (await UpdateInOneRequestAsync([update], cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>Deletes a source; false when there is none of this id.</summary>
    /// <param name="id">The source's id.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<bool> DeleteAsync(long id, CancellationToken cancellationToken = default) =>
        DeleteOneAsync(Route.CallOne(HttpMethod.Delete, id), cancellationToken);

    /// <summary>Deletes up to 50 sources in one request; false when Kommo knows none of them.</summary>
    /// <param name="ids">The sources' ids; nothing is sent for none.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoLimitException">More than 50; nothing was sent.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<bool> DeleteAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        KommoLimitException.RequireAtMost(ids.Count, SourcesPerRequest, "sources in one request", nameof(ids));
        return ids.Count > 0
            && await DeleteOneAsync(Route.Call(HttpMethod.Delete).WithIds(ids), cancellationToken).ConfigureAwait(false);
    }
}
