namespace Kommo;

/// <summary>A route that takes new things and shows them nowhere. Safe for concurrent use.</summary>
/// <typeparam name="TNew">What is added.</typeparam>
/// <typeparam name="TCreated">What Kommo answers for an added one.</typeparam>
public abstract class WriteOnlyResource<TNew, TCreated>
    where TNew : WriteItem
    where TCreated : class
{
    private readonly WriteRoute<TNew, TCreated> _creation;

    private protected WriteOnlyResource(KommoConnection connection, ResourceRoute route)
    {
        (Connection, Route) = (connection, route);
        _creation = new(connection, HttpMethod.Post, route);
    }

    private protected KommoConnection Connection { get; }

    private protected ResourceRoute Route { get; }

    /// <inheritdoc cref="CreatableResource{TEntity,TQuery,TNew,TCreated}.CreateAsync(TNew, CancellationToken)" />
    public Task<TCreated> CreateAsync(TNew item, CancellationToken cancellationToken = default) => _creation.WriteOneAsync(item, cancellationToken);

    /// <inheritdoc cref="CreatableResource{TEntity,TQuery,TNew,TCreated}.CreateAsync(IEnumerable{TNew}, WriteOptions, CancellationToken)" />
    public Task<WriteResults<TCreated>> CreateAsync(
        IEnumerable<TNew> items, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        return CreateAsync(items.ToAsyncEnumerable(), options, cancellationToken);
    }

    /// <inheritdoc cref="CreatableResource{TEntity,TQuery,TNew,TCreated}.CreateAsync(IEnumerable{TNew}, WriteOptions, CancellationToken)" />
    public Task<WriteResults<TCreated>> CreateAsync(
        IAsyncEnumerable<TNew> items, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        _creation.WriteManyAsync(items, options, cancellationToken);

    /// <inheritdoc cref="CreatableResource{TEntity,TQuery,TNew,TCreated}.CreateInOneRequestAsync" />
    public Task<IReadOnlyList<TCreated>> CreateInOneRequestAsync(IReadOnlyList<TNew> items, CancellationToken cancellationToken = default) =>
        _creation.WriteInOneRequestAsync(items, cancellationToken);
}
