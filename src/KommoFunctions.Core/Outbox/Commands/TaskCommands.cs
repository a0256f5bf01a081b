using Kommo;

namespace KommoFunctions.Outbox;

/// <summary>Creates a task.</summary>
/// <param name="Task">The task.</param>
/// <example>
/// <code>
/// context.Send(new CreateTask(new NewTask { Text = "Call", CompleteTill = due, EntityType = EntityType.Leads, EntityId = lead }));
/// </code>
/// </example>
public sealed record CreateTask(NewTask Task) : KommoCommand
{
    internal override string Lane => TaskLane.LaneName;

    internal override object Item => Task;

    internal override void Require()
    {
        CommandCheck.Item(Task);
        CommandCheck.Text(Task.Text, "A task's text");
        if (Task.EntityId is { } entity)
        {
            CommandCheck.Id(entity, "The entity of a task");
        }

        if (Task.EntityType is { } kind)
        {
            CommandCheck.MainKind(kind, "A task");
        }

        if (Task.EntityId is null != Task.EntityType is null)
        {
            throw new ArgumentException("A task names its entity by both its kind and its id, or has none.");
        }
    }
}

/// <summary>Changes fields of a task.</summary>
/// <param name="Update">The fields that change.</param>
/// <example><code>context.Send(new UpdateTask(new TaskUpdate { Id = task, CompleteTill = tomorrow }));</code></example>
public sealed record UpdateTask(TaskUpdate Update) : KommoCommand
{
    internal override string Lane => Lanes.UpdateOf(EntityType.Tasks);

    internal override object Item => Update;

    internal override void Require() => CommandCheck.Update(Update);
}

/// <summary>Closes a task with what came of it.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Result">What came of it.</param>
/// <example><code>context.Send(new CompleteTask(task, "Reached, wants an offer"));</code></example>
public sealed record CompleteTask(long TaskId, string Result) : KommoCommand
{
    internal override string Lane => Lanes.UpdateOf(EntityType.Tasks);

    internal override object Item => TaskUpdate.Complete(TaskId, Result);

    internal override void Require()
    {
        CommandCheck.Id(TaskId, "A task");
        CommandCheck.Text(Result, "What came of a task");
    }
}
