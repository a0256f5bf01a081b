namespace Kommo;

/// <summary>Tasks (Kommo: Tasks). Tasks cannot be deleted; one is done by <see cref="CompleteAsync"/>.</summary>
public sealed class TasksClient : EditableResource<KommoTask, TaskQuery, NewTask, CreatedEntity, TaskUpdate, UpdatedEntity>
{
    internal TasksClient(KommoConnection connection)
        : base(connection, new ResourceRoute("/api/v4/tasks", "tasks"))
    {
    }

    /// <summary>Reads one task; null when there is none of this id.</summary>
    /// <param name="id">The task's id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<KommoTask?> GetAsync(long id, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, id), null, cancellationToken);

    /// <summary>Closes a task with what came of it.</summary>
    /// <param name="id">The task's id.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<UpdatedEntity> CompleteAsync(long id, string result, CancellationToken cancellationToken = default) =>
        UpdateAsync(TaskUpdate.Complete(id, result), cancellationToken);
}
