namespace Kommo;

/// <summary>The stages of one pipeline (Kommo: Pipelines and stages).</summary>
public sealed class StagesClient : ManagedResource<Stage, PipelineQuery, NewStage, StageUpdate>
{
    internal StagesClient(KommoConnection connection, ResourceRoute route)
        : base(connection, route)
    {
    }

    /// <summary>Reads one stage; null when there is none of this id.</summary>
    /// <param name="id">The stage's id.</param>
    /// <param name="with">What to show besides the basics.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<Stage?> GetAsync(long id, PipelineWith with = PipelineWith.None, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, id), QueryString.With(with), cancellationToken);

    /// <summary>Deletes a stage; its leads move to the first one. Won, lost and incoming leads stay.</summary>
    /// <param name="id">The stage's id.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <returns>False when there is none of this id.</returns>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<bool> DeleteAsync(long id, CancellationToken cancellationToken = default) =>
        DeleteOneAsync(Route.CallOne(HttpMethod.Delete, id), cancellationToken);
}
