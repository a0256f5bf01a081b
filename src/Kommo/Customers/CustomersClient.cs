namespace Kommo;

/// <summary>Customers (Kommo: Customers). Kommo answers 422 while the function is off.</summary>
public sealed class CustomersClient : EditableResource<Customer, CustomerQuery, NewCustomer, CreatedEntity, CustomerUpdate, UpdatedEntity>
{
    /// <summary>Kommo answers changes of customers under the name of leads.</summary>
    internal CustomersClient(KommoConnection connection)
        : base(connection, new ResourceRoute("/api/v4/customers", "customers") { OtherKey = "leads" })
    {
        Notes = new NotesClient(connection, Route);
        Tags = new TagsClient(connection, Route);
        Links = new LinksClient(connection, Route, EntityType.Contacts, EntityType.Companies, EntityType.CatalogElements);
        CustomFields = new EntityCustomFieldsClient(connection, Route);
        Transactions = new TransactionsClient(connection, Route);
        Statuses = new CustomerStatusesClient(connection, Route);
        Segments = new SegmentsClient(connection, Route);
    }

    /// <summary>Notes on customers.</summary>
    public NotesClient Notes { get; }

    /// <summary>The tags of customers.</summary>
    public TagsClient Tags { get; }

    /// <summary>Links of customers to contacts, companies and elements of lists.</summary>
    public LinksClient Links { get; }

    /// <summary>The custom fields of customers.</summary>
    public EntityCustomFieldsClient CustomFields { get; }

    /// <summary>Purchases.</summary>
    public TransactionsClient Transactions { get; }

    /// <summary>Statuses; only with periodic purchases.</summary>
    public CustomerStatusesClient Statuses { get; }

    /// <summary>Segments.</summary>
    public SegmentsClient Segments { get; }

    /// <summary>The files of one customer.</summary>
    /// <param name="id">The customer's id.</param>
    public EntityFilesClient Files(long id) => new(Connection, Route, id);

    /// <summary>Who is told of what happens to one customer.</summary>
    /// <param name="id">The customer's id.</param>
    public SubscriptionsClient Subscriptions(long id) => new(Connection, Route, id);

    /// <summary>Reads one customer; null when there is none of this id.</summary>
    /// <param name="id">The customer's id.</param>
    /// <param name="with">What to show besides the basics.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<Customer?> GetAsync(long id, CustomerWith with = CustomerWith.None, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, id), QueryString.With(with), cancellationToken);

    /// <summary>Sets how the account uses customers.</summary>
    /// <param name="mode">The mode.</param>
    /// <param name="isEnabled">Whether customers are on.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<CustomersModeState> SetModeAsync(CustomersMode mode, bool isEnabled = true, CancellationToken cancellationToken = default)
    {
        var call = Route.Below("/mode", "").Call(HttpMethod.Patch).With(new(mode, isEnabled), KommoJson.TypeOf<CustomersModeChange>());
        var answer = await Connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return answer.Read(KommoJson.TypeOf<CustomersModeState>());
    }

    /// <summary>Gives a customer bonus points.</summary>
    /// <param name="id">The customer's id.</param>
    /// <param name="points">How many; positive.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <returns>How many it has then; null when Kommo did not say.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<long?> EarnBonusPointsAsync(long id, long points, CancellationToken cancellationToken = default) =>
        ChangeBonusPointsAsync(id, points, new(points, null), cancellationToken);

    /// <summary>Takes bonus points from a customer.</summary>
    /// <param name="id">The customer's id.</param>
    /// <param name="points">How many; positive.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <returns>How many it has then; null when Kommo did not say.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<long?> RedeemBonusPointsAsync(long id, long points, CancellationToken cancellationToken = default) =>
        ChangeBonusPointsAsync(id, points, new(null, points), cancellationToken);

    private async Task<long?> ChangeBonusPointsAsync(long id, long points, BonusPointsChange change, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(points);
        var call = Route.CallOne(HttpMethod.Post, id, "/bonus_points").With(change, KommoJson.TypeOf<BonusPointsChange>());
        var answer = await Connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return answer.Read(KommoJson.TypeOf<BonusPoints>()).Points;
    }
}
