namespace Kommo;

/// <summary>A list of API v4 that things can be added to and changed in. Safe for concurrent use.</summary>
/// <typeparam name="TEntity">What the list holds.</typeparam>
/// <typeparam name="TQuery">What the list can be asked for.</typeparam>
/// <typeparam name="TNew">What is added.</typeparam>
/// <typeparam name="TCreated">What Kommo answers for an added one.</typeparam>
/// <typeparam name="TUpdate">A change.</typeparam>
/// <typeparam name="TUpdated">What Kommo answers for a changed one.</typeparam>
public abstract class EditableResource<TEntity, TQuery, TNew, TCreated, TUpdate, TUpdated> : CreatableResource<TEntity, TQuery, TNew, TCreated>
    where TEntity : class
    where TQuery : ResourceQuery, new()
    where TNew : WriteItem
    where TCreated : class
    where TUpdate : WriteItem
    where TUpdated : class
{
    private readonly WriteRoute<TUpdate, TUpdated> _edition;

    private protected EditableResource(KommoConnection connection, ResourceRoute route, int mostPerRequest = KommoLimits.EntitiesPerRequest)
        : base(connection, route, mostPerRequest) => _edition = new(connection, HttpMethod.Patch, route) { MostItems = mostPerRequest };

    /// <summary>Changes one. Only the fields that are set are sent.</summary>
    /// <param name="update">The change.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoLimitException">It is against a documented limit; nothing was sent.</exception>
    /// <exception cref="KommoValidationException">Kommo refused it.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public virtual Task<TUpdated> UpdateAsync(TUpdate update, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(update);
        return update.Key is { } id
            ? WriteOneAsync<TUpdate, TUpdated>(Route.CallOne(HttpMethod.Patch, id), update, cancellationToken)
            : _edition.WriteOneAsync(update, cancellationToken);
    }

    /// <summary>
    /// Changes any number, in batches. A failed batch does not stop the others: each item has a result of its own, in the order
    /// given. A batch that takes Kommo too long (504) is sent again in halves, since the same change twice is as good as once.
    /// </summary>
    /// <param name="updates">The changes; nothing is sent for none. Two changes to one entity go into separate requests.</param>
    /// <param name="options">Batch size and the like; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the write with a <see cref="KommoWriteCanceledException"/>, which holds what was done.</param>
    public Task<WriteResults<TUpdated>> UpdateAsync(
        IEnumerable<TUpdate> updates, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(updates);
        return UpdateAsync(updates.ToAsyncEnumerable(), options, cancellationToken);
    }

    /// <inheritdoc cref="UpdateAsync(IEnumerable{TUpdate}, WriteOptions, CancellationToken)" />
    public Task<WriteResults<TUpdated>> UpdateAsync(
        IAsyncEnumerable<TUpdate> updates, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        _edition.WriteManyAsync(updates, options, cancellationToken);

    /// <summary>
    /// Changes up to 250 in exactly one request, which is not repeated when its answer was lost: for callers that have a queue and retries of
    /// their own. The answers stand in the order of <paramref name="updates"/>.
    /// </summary>
    /// <param name="updates">The changes; nothing is sent for none.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="ArgumentException">Too many (<see cref="KommoLimitException"/>), or two with the same <c>request_id</c>.</exception>
    /// <exception cref="KommoValidationException">Kommo refused at least one; users report that it then changes none.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<IReadOnlyList<TUpdated>> UpdateInOneRequestAsync(IReadOnlyList<TUpdate> updates, CancellationToken cancellationToken = default) =>
        _edition.WriteInOneRequestAsync(updates, cancellationToken);
}
