namespace Kommo;

/// <summary>What happened in the account (Kommo: Events). Read only; 100 on a page.</summary>
public sealed class EventsClient : ReadableResource<KommoEvent, EventQuery>
{
    internal EventsClient(KommoConnection connection)
        : base(connection, new ResourceRoute("/api/v4/events", "events"))
    {
    }

    /// <summary>Reads one event; null when there is none of this id.</summary>
    /// <param name="id">The event's id.</param>
    /// <param name="with">What to show besides the basics.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<KommoEvent?> GetAsync(string id, EventWith with = EventWith.None, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, id), QueryString.With(with), cancellationToken);

    /// <summary>Reads the types of events, all in one request.</summary>
    /// <param name="language">The language of their words, such as <c>en</c>; null for the account's.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<IReadOnlyList<KommoEventType>> ListTypesAsync(string? language = null, CancellationToken cancellationToken = default)
    {
        var query = new QueryString();
        query.Add("language_code", language);
        var call = Route.Below("/types", "events_types").Call(HttpMethod.Get);
        var answer = await Connection.SendAsync(call with { PathAndQuery = call.PathAndQuery + query }, cancellationToken).ConfigureAwait(false);
        return answer.IsEmpty ? [] : answer.ReadPage("events_types", KommoJson.TypeOf<KommoEventType>()).Items;
    }
}
