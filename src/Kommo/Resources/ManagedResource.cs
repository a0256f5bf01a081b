namespace Kommo;

/// <summary>A list of API v4 whose entries are added in batches and changed one at a time. Safe for concurrent use.</summary>
/// <typeparam name="TEntity">What the list holds.</typeparam>
/// <typeparam name="TQuery">What the list can be asked for.</typeparam>
/// <typeparam name="TNew">What is added.</typeparam>
/// <typeparam name="TUpdate">A change.</typeparam>
public abstract class ManagedResource<TEntity, TQuery, TNew, TUpdate> : CreatableResource<TEntity, TQuery, TNew, TEntity>
    where TEntity : class
    where TQuery : ResourceQuery, new()
    where TNew : WriteItem
    where TUpdate : WriteItem
{
    private protected ManagedResource(KommoConnection connection, ResourceRoute route, int mostPerRequest = KommoLimits.EntitiesPerRequest)
        : base(connection, route, mostPerRequest)
    {
    }

    /// <summary>Changes one. Only the fields that are set are sent.</summary>
    /// <param name="update">The change.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoLimitException">It is against a documented limit; nothing was sent.</exception>
    /// <exception cref="KommoValidationException">Kommo refused it.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<TEntity> UpdateAsync(TUpdate update, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(update);
        return WriteOneAsync<TUpdate, TEntity>(Route.CallOne(HttpMethod.Patch, update.Key!), update, cancellationToken);
    }
}
