using Kommo;
using Kommo.Webhooks;

namespace KommoFunctions.Outbox;

/// <summary>Creates tasks.</summary>
internal sealed class TaskLane() : CreationLane<NewTask, KommoTask>(LaneName, "add", KommoJson.TypeOf<NewTask>(), KommoJson.TypeOf<KommoTask>())
{
    public const string LaneName = "tasks.create";

    protected override long? MadeIdOf(WebhookEvent e) => e.Entity == "task" ? e.EntityId : null;

    protected override NewTask ContentOf(KommoCommand command) => ((CreateTask)command).Task;

    protected override NewTask WithRequestId(NewTask item, string requestId) => item with { RequestId = requestId };

    protected override (EntityType Kind, long Id) EntityOf(NewTask item) => (item.EntityType ?? default, item.EntityId ?? 0);

    protected override long IdOf(KommoTask item) => item.Id;

    protected override Task<IReadOnlyList<CreatedEntity>> CreateAsync(KommoClient kommo, IReadOnlyList<NewTask> items, CancellationToken cancellationToken) =>
        kommo.Tasks.CreateInOneRequestAsync(items, cancellationToken);

    protected override IAsyncEnumerable<KommoTask> ListAsync(
        KommoClient kommo, EntityType kind, IReadOnlyList<long> entityIds, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var query = new TaskQuery { UpdatedAt = TimeRange.Since(since) };
        return kommo.Tasks.ListAsync(
            kind == default ? query : query with { EntityType = kind, EntityIds = entityIds }, cancellationToken);
    }
}
