namespace Kommo;

/// <summary>Purchases of customers (Kommo: Customers, transactions).</summary>
public sealed class TransactionsClient : ReadableResource<Transaction, TransactionQuery>
{
    private readonly ResourceRoute _customers;

    internal TransactionsClient(KommoConnection connection, ResourceRoute customers)
        : base(connection, customers.Below("/transactions", "transactions")) => _customers = customers;

    /// <summary>Reads one purchase; null when there is none of this id.</summary>
    /// <param name="id">The purchase's id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<Transaction?> GetAsync(long id, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, id), null, cancellationToken);

    /// <summary>Enters one purchase.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="transaction">The purchase.</param>
    /// <param name="accrueBonus">Whether the customer gets bonus points for it.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<Transaction> CreateAsync(
        long customerId, NewTransaction transaction, bool accrueBonus = true, CancellationToken cancellationToken = default) =>
        Of(customerId, accrueBonus).WriteOneAsync(transaction, cancellationToken);

    /// <summary>Enters any number of purchases of one customer, in batches. Each has a result of its own, in the order given.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="transactions">The purchases.</param>
    /// <param name="accrueBonus">Whether the customer gets bonus points for them.</param>
    /// <param name="options">Batch size and the like; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the write with a <see cref="KommoWriteCanceledException"/>, which holds what was done.</param>
    public Task<WriteResults<Transaction>> CreateAsync(
        long customerId,
        IEnumerable<NewTransaction> transactions,
        bool accrueBonus = true,
        WriteOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transactions);
        return Of(customerId, accrueBonus).WriteManyAsync(transactions.ToAsyncEnumerable(), options, cancellationToken);
    }

    /// <summary>Deletes one purchase.</summary>
    /// <param name="id">The purchase's id.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <returns>False when there is none of this id.</returns>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<bool> DeleteAsync(long id, CancellationToken cancellationToken = default) =>
        DeleteOneAsync(Route.CallOne(HttpMethod.Delete, id), cancellationToken);

    private WriteRoute<NewTransaction, Transaction> Of(long customerId, bool accrueBonus)
    {
        var route = _customers.BelowOne(customerId, "/transactions", "transactions");
        return new(Connection, HttpMethod.Post, accrueBonus ? route : route with { Path = route.Path + "?accrue_bonus=false" });
    }
}
