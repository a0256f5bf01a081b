namespace Kommo;

/// <summary>Statuses of customers (Kommo: Customers, statuses); only with periodic purchases, else Kommo answers 422.</summary>
public sealed class CustomerStatusesClient : ManagedResource<CustomerStatus, CustomerStatusQuery, NewCustomerStatus, CustomerStatusUpdate>
{
    internal CustomerStatusesClient(KommoConnection connection, ResourceRoute customers)
        : base(connection, customers.Below("/statuses", "statuses"))
    {
    }

    /// <summary>Reads one status; null when there is none of this id.</summary>
    /// <param name="id">The status's id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<CustomerStatus?> GetAsync(long id, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, id), null, cancellationToken);

    /// <summary>Deletes a status.</summary>
    /// <param name="id">The status's id.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <returns>False when there is none of this id.</returns>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<bool> DeleteAsync(long id, CancellationToken cancellationToken = default) =>
        DeleteOneAsync(Route.CallOne(HttpMethod.Delete, id), cancellationToken);
}
