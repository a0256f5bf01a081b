namespace Kommo;

/// <summary>A list of API v4 that things can be added to. Safe for concurrent use.</summary>
/// <typeparam name="TEntity">What the list holds.</typeparam>
/// <typeparam name="TQuery">What the list can be asked for.</typeparam>
/// <typeparam name="TNew">What is added.</typeparam>
/// <typeparam name="TCreated">What Kommo answers for an added one.</typeparam>
public abstract class CreatableResource<TEntity, TQuery, TNew, TCreated> : ReadableResource<TEntity, TQuery>
    where TEntity : class
    where TQuery : ResourceQuery, new()
    where TNew : WriteItem
    where TCreated : class
{
    private readonly WriteRoute<TNew, TCreated> _creation;

    private protected CreatableResource(KommoConnection connection, ResourceRoute route, int mostPerRequest = KommoLimits.EntitiesPerRequest)
        : base(connection, route) => _creation = new(connection, HttpMethod.Post, route) { MostItems = mostPerRequest };

    /// <summary>Creates one.</summary>
    /// <param name="item">What to create.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoLimitException">It is against a documented limit; nothing was sent.</exception>
    /// <exception cref="KommoValidationException">Kommo refused it.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<TCreated> CreateAsync(TNew item, CancellationToken cancellationToken = default) =>
        _creation.WriteOneAsync(item, cancellationToken);

    /// <summary>
    /// Creates any number, in batches. A failed batch does not stop the others: each item has a result of its own, in the order
    /// given. A request whose answer was lost is not repeated, since that could create twice: its items are of unknown fate.
    /// </summary>
    /// <param name="items">What to create; nothing is sent for none.</param>
    /// <param name="options">Batch size and the like; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the write with a <see cref="KommoWriteCanceledException"/>, which holds what was done.</param>
    public Task<WriteResults<TCreated>> CreateAsync(
        IEnumerable<TNew> items, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        return CreateAsync(items.ToAsyncEnumerable(), options, cancellationToken);
    }

    /// <inheritdoc cref="CreateAsync(IEnumerable{TNew}, WriteOptions, CancellationToken)" />
    public Task<WriteResults<TCreated>> CreateAsync(
        IAsyncEnumerable<TNew> items, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        _creation.WriteManyAsync(items, options, cancellationToken);

    /// <summary>
    /// Creates up to 250 in exactly one request, for callers that have a queue and retries of their own. The answers stand in the order
    /// of <paramref name="items"/>.
    /// </summary>
    /// <param name="items">What to create; nothing is sent for none.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="ArgumentException">Too many (<see cref="KommoLimitException"/>), or two with the same <c>request_id</c>.</exception>
    /// <exception cref="KommoValidationException">Kommo refused at least one; users report that it then creates none.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<IReadOnlyList<TCreated>> CreateInOneRequestAsync(IReadOnlyList<TNew> items, CancellationToken cancellationToken = default) =>
        _creation.WriteInOneRequestAsync(items, cancellationToken);
}
