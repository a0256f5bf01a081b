namespace Kommo;

/// <summary>Reasons for losing a lead (Kommo: Leads, loss reasons). That they can be created is known from clients, not from Kommo's pages.</summary>
public sealed class LossReasonsClient : CreatableResource<LossReason, LossReasonQuery, NewLossReason, LossReason>
{
    internal LossReasonsClient(KommoConnection connection)
        : base(connection, new ResourceRoute("/api/v4/leads/loss_reasons", "loss_reasons"))
    {
    }

    /// <summary>Reads one reason; null when there is none of this id.</summary>
    /// <param name="id">The reason's id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<LossReason?> GetAsync(long id, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, id), null, cancellationToken);
}
