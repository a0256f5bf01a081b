namespace Kommo;

/// <summary>Bots of the account (Kommo: Salesbot, bots): to list, to run and to stop. To continue one, take <see cref="SalesbotClient"/>.</summary>
public sealed class BotsClient : ReadableResource<Bot, BotQuery>
{
    internal BotsClient(KommoConnection connection)
        : base(connection, new ResourceRoute("/api/v4/bots", "bots"))
    {
    }

    /// <summary>Reads one bot; null when there is none of this id.</summary>
    /// <param name="id">The bot's id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<Bot?> GetAsync(long id, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, id), null, cancellationToken);

    /// <summary>Starts a bot for an entity; Kommo runs it later.</summary>
    /// <param name="id">The bot's id.</param>
    /// <param name="entityId">The entity that it runs for.</param>
    /// <param name="entityType">That entity's kind.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task RunAsync(long id, long entityId, EntityType entityType, CancellationToken cancellationToken = default) =>
        SendAsync(Route.CallOne(HttpMethod.Post, id, "/run").With(new(entityId, entityType), KommoJson.TypeOf<BotTarget>()), cancellationToken);

    /// <summary>Starts bots for entities; Kommo runs them later.</summary>
    /// <param name="runs">Which for which, at most 100.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoLimitException">None, or more than 100.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task RunAsync(IReadOnlyList<BotRun> runs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        KommoLimitException.Require(runs.Count, 1, KommoLimits.BotsPerRequest, "A request", nameof(runs));
        return SendAsync(Route.Below("/run", "").Call(HttpMethod.Post).With([.. runs], KommoJson.TypeOf<BotRun[]>()), cancellationToken);
    }

    /// <summary>Stops a bot that runs for a lead.</summary>
    /// <param name="id">The bot's id.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task StopAsync(long id, long leadId, CancellationToken cancellationToken = default)
    {
        var call = Route.CallOne(HttpMethod.Post, id, "/stop").With(new(leadId, EntityType.Leads), KommoJson.TypeOf<BotTarget>());
        return SendAsync(call with { IsRepeatable = true }, cancellationToken);
    }

    private Task<KommoAnswer> SendAsync(KommoCall call, CancellationToken cancellationToken) =>
        Connection.SendAsync(call with { AnswerMayBeEmpty = true }, cancellationToken);
}
