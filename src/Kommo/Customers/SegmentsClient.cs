namespace Kommo;

/// <summary>Segments of customers (Kommo: Customers, segments); only in that mode, else Kommo answers 422. They are written one at a time.</summary>
public sealed class SegmentsClient : ReadableResource<Segment, SegmentQuery>
{
    internal SegmentsClient(KommoConnection connection, ResourceRoute customers)
        : base(connection, customers.Below("/segments", "segments")) => CustomFields = new CustomFieldsClient(connection, Route);

    /// <summary>The custom fields of segments.</summary>
    public CustomFieldsClient CustomFields { get; }

    /// <summary>Reads one segment; null when there is none of this id.</summary>
    /// <param name="id">The segment's id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<Segment?> GetAsync(long id, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, id), null, cancellationToken);

    /// <summary>Creates a segment.</summary>
    /// <param name="segment">What to create.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoValidationException">Kommo refused it.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<Segment> CreateAsync(NewSegment segment, CancellationToken cancellationToken = default) =>
        WriteOneAsync<NewSegment, Segment>(Route.Call(HttpMethod.Post), segment, cancellationToken);

    /// <summary>Changes a segment. Only the fields that are set are sent.</summary>
    /// <param name="update">The change.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoValidationException">Kommo refused it.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<Segment> UpdateAsync(SegmentUpdate update, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(update);
        return WriteOneAsync<SegmentUpdate, Segment>(Route.CallOne(HttpMethod.Patch, update.Id), update, cancellationToken);
    }

    /// <summary>Deletes a segment.</summary>
    /// <param name="id">The segment's id.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <returns>False when there is none of this id.</returns>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<bool> DeleteAsync(long id, CancellationToken cancellationToken = default) =>
        DeleteOneAsync(Route.CallOne(HttpMethod.Delete, id), cancellationToken);
}
