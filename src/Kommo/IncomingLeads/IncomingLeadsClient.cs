namespace Kommo;

/// <summary>Incoming leads: those that nobody has accepted yet (Kommo: Incoming leads).</summary>
public sealed class IncomingLeadsClient : ReadableResource<IncomingLead, IncomingLeadQuery>
{
    private readonly WriteRoute<NewIncomingLead, IncomingLead> _forms;
    private readonly WriteRoute<NewIncomingLead, IncomingLead> _calls;

    internal IncomingLeadsClient(KommoConnection connection)
        : base(connection, new ResourceRoute("/api/v4/leads/unsorted", "unsorted"))
    {
        _forms = new(connection, HttpMethod.Post, Route.Below("/forms", "unsorted"));
        _calls = new(connection, HttpMethod.Post, Route.Below("/sip", "unsorted"));
    }

    /// <summary>Reads one; null when there is none of this id.</summary>
    /// <param name="uid">The incoming lead's id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<IncomingLead?> GetAsync(string uid, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, uid), null, cancellationToken);

    /// <summary>Counts incoming leads.</summary>
    /// <param name="query">Which ones; null for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<IncomingLeadSummary> SummaryAsync(IncomingLeadSummaryQuery? query = null, CancellationToken cancellationToken = default)
    {
        var call = Route.Below("/summary", "").Call(HttpMethod.Get);
        call = call with { PathAndQuery = call.PathAndQuery + (query ?? new()).ToQueryString() };
        var answer = await Connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return answer.IsEmpty ? new IncomingLeadSummary() : answer.Read(KommoJson.TypeOf<IncomingLeadSummary>());
    }

    /// <summary>Creates incoming leads that came by forms, in batches. Each has a result of its own, in the order given.</summary>
    /// <param name="leads">What to create; <see cref="NewIncomingLead.FromForm"/> makes one.</param>
    /// <param name="options">Batch size and the like; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the write with a <see cref="KommoWriteCanceledException"/>, which holds what was done.</param>
    public Task<WriteResults<IncomingLead>> CreateFromFormsAsync(
        IEnumerable<NewIncomingLead> leads, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(leads);
        return _forms.WriteManyAsync(leads.ToAsyncEnumerable(), options, cancellationToken);
    }

    /// <summary>Creates incoming leads that came by calls, in batches. Each has a result of its own, in the order given.</summary>
    /// <param name="leads">What to create; <see cref="NewIncomingLead.FromCall"/> makes one.</param>
    /// <param name="options">Batch size and the like; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the write with a <see cref="KommoWriteCanceledException"/>, which holds what was done.</param>
    public Task<WriteResults<IncomingLead>> CreateFromCallsAsync(
        IEnumerable<NewIncomingLead> leads, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(leads);
        return _calls.WriteManyAsync(leads.ToAsyncEnumerable(), options, cancellationToken);
    }

    /// <summary>Accepts one: it becomes a lead, and <see cref="IncomingLead.Embedded"/> tells which.</summary>
    /// <param name="uid">The incoming lead's id.</param>
    /// <param name="userId">The user who accepts it; null for the token's own.</param>
    /// <param name="statusId">The stage that the lead starts in; null for the first.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<IncomingLead> AcceptAsync(string uid, long? userId = null, long? statusId = null, CancellationToken cancellationToken = default) =>
        WriteOneAsync<IncomingLeadAcceptance, IncomingLead>(
            Route.CallOne(HttpMethod.Post, uid, "/accept"), new() { UserId = userId, StatusId = statusId }, cancellationToken);

    /// <summary>Declines one.</summary>
    /// <param name="uid">The incoming lead's id.</param>
    /// <param name="userId">The user who declines it; null for the token's own.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<IncomingLead> DeclineAsync(string uid, long? userId = null, CancellationToken cancellationToken = default) =>
        WriteOneAsync<IncomingLeadRefusal, IncomingLead>(
            Route.CallOne(HttpMethod.Delete, uid, "/decline"), new() { UserId = userId }, cancellationToken);

    /// <summary>Links one that came by a chat to a lead or customer that exists.</summary>
    /// <param name="uid">The incoming lead's id.</param>
    /// <param name="entityId">The lead or customer.</param>
    /// <param name="entityType">Which of both it is.</param>
    /// <param name="contactId">The contact that the chat is linked to; null leaves it to Kommo.</param>
    /// <param name="userId">The user who links it; null for the token's own.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<IncomingLead> LinkAsync(
        string uid, long entityId, EntityType entityType, long? contactId = null, long? userId = null, CancellationToken cancellationToken = default) =>
        WriteOneAsync<IncomingLeadLink, IncomingLead>(
            Route.CallOne(HttpMethod.Post, uid, "/link"),
            new() { UserId = userId, Link = new(entityId, entityType, contactId is { } contact ? new(contact) : null) },
            cancellationToken);
}
