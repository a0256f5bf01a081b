namespace Kommo;

/// <summary>Leads (Kommo: Leads).</summary>
public sealed class LeadsClient : EditableResource<Lead, LeadQuery, NewLead, CreatedEntity, LeadUpdate, UpdatedEntity>
{
    private readonly WriteRoute<NewComplexLead, CreatedComplexLead> _complex;

    internal LeadsClient(KommoConnection connection)
        : base(connection, new ResourceRoute("/api/v4/leads", "leads"))
    {
        _complex = new(connection, HttpMethod.Post, Route.Below("/complex", "")) { MostItems = KommoLimits.ComplexLeadsPerRequest };
        Notes = new NotesClient(connection, Route);
        Tags = new TagsClient(connection, Route);
        Links = new LinksClient(connection, Route, EntityType.Contacts, EntityType.Companies, EntityType.CatalogElements);
        CustomFields = new EntityCustomFieldsClient(connection, Route);
    }

    /// <summary>Notes on leads.</summary>
    public NotesClient Notes { get; }

    /// <summary>The tags of leads.</summary>
    public TagsClient Tags { get; }

    /// <summary>Links of leads to contacts, companies and elements of lists.</summary>
    public LinksClient Links { get; }

    /// <summary>The custom fields of leads.</summary>
    public EntityCustomFieldsClient CustomFields { get; }

    /// <summary>The files of one lead.</summary>
    /// <param name="id">The lead's id.</param>
    public EntityFilesClient Files(long id) => new(Connection, Route, id);

    /// <summary>Who is told of what happens to one lead.</summary>
    /// <param name="id">The lead's id.</param>
    public SubscriptionsClient Subscriptions(long id) => new(Connection, Route, id);

    /// <summary>Reads one lead; null when there is none of this id.</summary>
    /// <param name="id">The lead's id.</param>
    /// <param name="with">What to show besides the basics.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<Lead?> GetAsync(long id, LeadWith with = LeadWith.None, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, id), QueryString.With(with), cancellationToken);

    /// <summary>Creates a lead together with its contact and its company.</summary>
    /// <param name="lead">What to create.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoLimitException">More than 40 custom fields on the lead, the contact or the company.</exception>
    /// <exception cref="KommoValidationException">Kommo refused it.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<CreatedComplexLead> CreateComplexAsync(NewComplexLead lead, CancellationToken cancellationToken = default) =>
        _complex.WriteOneAsync(lead, cancellationToken);

    /// <summary>
    /// Creates any number of leads together with their contacts and companies, in batches of at most 50. A failed batch does not stop the
    /// others: each lead has a result of its own, in the order given.
    /// </summary>
    /// <param name="leads">What to create; nothing is sent for none.</param>
    /// <param name="options">Batch size and the like; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the write with a <see cref="KommoWriteCanceledException"/>, which holds what was done.</param>
    public Task<WriteResults<CreatedComplexLead>> CreateComplexAsync(
        IEnumerable<NewComplexLead> leads, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(leads);
        return _complex.WriteManyAsync(leads.ToAsyncEnumerable(), options, cancellationToken);
    }

    /// <summary>
    /// Creates up to 50 leads together with their contacts and companies in exactly one request, for callers that have a queue and retries of
    /// their own. The answers stand in the order of <paramref name="leads"/>.
    /// </summary>
    /// <param name="leads">What to create; nothing is sent for none.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="ArgumentException">Too many (<see cref="KommoLimitException"/>), or two with the same <c>request_id</c>.</exception>
    /// <exception cref="KommoValidationException">Kommo refused at least one; users report that it then creates none.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<IReadOnlyList<CreatedComplexLead>> CreateComplexInOneRequestAsync(
        IReadOnlyList<NewComplexLead> leads, CancellationToken cancellationToken = default) =>
        _complex.WriteInOneRequestAsync(leads, cancellationToken);
}
