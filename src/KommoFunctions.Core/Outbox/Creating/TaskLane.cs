using Kommo;
using Kommo.Webhooks;

namespace KommoFunctions.Outbox;

/// <summary>Creates tasks.</summary>
internal sealed class TaskLane() : CreationLane<NewTask, KommoTask>(LaneName, "add")
{
    public const string LaneName = "tasks.create";

    protected override long? MadeIdOf(WebhookEvent e) => e.Entity == "task" ? e.EntityId : null;

    protected override long IdOf(KommoTask thing) => thing.Id;

    protected override async Task<IReadOnlyList<MadeThing>> CreateAsync(KommoClient kommo, IReadOnlyList<NewTask> items, CancellationToken cancellationToken) =>
        MadeThings.Of(await kommo.Tasks.CreateInOneRequestAsync(items, cancellationToken));

    /// <summary>By the entities that the tasks are on; tasks on nothing are few.</summary>
    protected override IAsyncEnumerable<KommoTask> ListAsync(
        KommoClient kommo, IReadOnlyList<NewTask> items, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var query = new TaskQuery { UpdatedAt = TimeRange.Since(since) };
        var queries = items.GroupBy(item => item.EntityType).SelectMany(kind => kind.Key is null
            ? [query]
            : EntityChunks.Of(kind.Select(item => item.EntityId ?? 0)).Select(ids => query with { EntityType = kind.Key, EntityIds = ids }));
        return queries.ToAsyncEnumerable().SelectMany(one => kommo.Tasks.ListAsync(one, cancellationToken));
    }
}
