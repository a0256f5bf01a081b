namespace Kommo;

/// <summary>Pipelines of leads (Kommo: Pipelines and stages).</summary>
public sealed class PipelinesClient : ManagedResource<Pipeline, PipelineQuery, NewPipeline, PipelineUpdate>
{
    internal PipelinesClient(KommoConnection connection)
        : base(connection, new ResourceRoute("/api/v4/leads/pipelines", "pipelines"))
    {
    }

    /// <summary>The stages of one pipeline.</summary>
    /// <param name="pipelineId">The pipeline's id.</param>
    public StagesClient Stages(long pipelineId) => new(Connection, Route.BelowOne(pipelineId, "/statuses", "statuses"));

    /// <summary>Reads one pipeline with its stages; null when there is none of this id.</summary>
    /// <param name="id">The pipeline's id.</param>
    /// <param name="with">What to show besides the basics.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<Pipeline?> GetAsync(long id, PipelineWith with = PipelineWith.None, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, id), QueryString.With(with), cancellationToken);

    /// <summary>Deletes a pipeline. Kommo refuses the last one and one that has leads.</summary>
    /// <param name="id">The pipeline's id.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <returns>False when there is none of this id.</returns>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<bool> DeleteAsync(long id, CancellationToken cancellationToken = default) =>
        DeleteOneAsync(Route.CallOne(HttpMethod.Delete, id), cancellationToken);
}
