namespace Kommo;

/// <summary>Tasks (Kommo: Tasks).</summary>
public sealed class TasksClient
{
    private readonly EntityCollection<KommoTask, NewTask, TaskUpdate> _entities;

    internal TasksClient(KommoConnection connection) => _entities = new(
        connection,
        new EntityRoute("/api/v4/tasks", "tasks"),
        KommoJsonContext.Default.KommoTask,
        KommoJsonContext.Default.NewTaskArray,
        KommoJsonContext.Default.TaskUpdateArray);

    /// <summary>Streams every task that the query matches, page after page, one request per page as it is needed.</summary>
    /// <param name="query">Which ones; null for all.</param>
    /// <param name="cancellationToken">Ends the enumeration with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="KommoException">While enumerating: Kommo refused, failed or was not reached.</exception>
    public IAsyncEnumerable<KommoTask> ListAsync(TaskQuery? query = null, CancellationToken cancellationToken = default) =>
        _entities.ListAsync(query ?? new TaskQuery(), cancellationToken);

    /// <summary>Reads one task; null when there is none of this id.</summary>
    /// <param name="id">The task's id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<KommoTask?> GetAsync(long id, CancellationToken cancellationToken = default) =>
        _entities.GetAsync(id, new QueryString(), cancellationToken);

    /// <summary>Creates up to 250 tasks in one request. The answers stand in the order of <paramref name="tasks"/>.</summary>
    /// <param name="tasks">What to create; an empty list sends nothing.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="ArgumentException">More than 250, or two with the same <c>request_id</c>.</exception>
    /// <exception cref="KommoValidationException">Kommo refused at least one; users report that it then creates none.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<IReadOnlyList<CreatedEntity>> CreateAsync(IReadOnlyList<NewTask> tasks, CancellationToken cancellationToken = default) =>
        _entities.CreateAsync(tasks, cancellationToken);

    /// <summary>Changes up to 250 tasks in one request. The answers stand in the order of <paramref name="updates"/>.</summary>
    /// <param name="updates">The changes; an empty list sends nothing.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="ArgumentException">More than 250.</exception>
    /// <exception cref="KommoValidationException">Kommo refused at least one; users report that it then changes none.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<IReadOnlyList<UpdatedEntity>> UpdateAsync(IReadOnlyList<TaskUpdate> updates, CancellationToken cancellationToken = default) =>
        _entities.UpdateAsync(updates, cancellationToken);
}
