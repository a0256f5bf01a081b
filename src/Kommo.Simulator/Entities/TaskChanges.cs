using Kommo.Simulator.Accounts;
using Kommo.Simulator.Events;
using Kommo.Simulator.Hooks;

namespace Kommo.Simulator.Entities;

/// <summary>The only way to change a task. Callers hold <see cref="AccountStore.Gate"/>.</summary>
internal sealed class TaskChanges(AccountStore store, IChangeSink sink)
{
    public SimulatedTask Add(SimulatedTask draft, Actor actor)
    {
        long now = store.Now;
        SimulatedTask added = draft with
        {
            Id = store.NextTaskId(),
            CreatedAt = draft.CreatedAt == 0 ? now : draft.CreatedAt,
            UpdatedAt = draft.UpdatedAt == 0 ? now : draft.UpdatedAt,
        };
        store.Put(added);
        TaskEvents.Tell(store, "task_added", added, actor);
        Publish("add", null, added, actor);
        return added;
    }

    /// <summary>Completion has no action of its own: it is an update with <c>action_close</c> (Kommo: Webhooks).</summary>
    public SimulatedTask Update(SimulatedTask changed, Actor actor)
    {
        SimulatedTask before = store.Tasks.Find(changed.Id)!;
        SimulatedTask after = changed with { UpdatedAt = Math.Max(store.Now, before.UpdatedAt), UpdatedBy = actor.UserId };
        store.Put(after);
        TaskEvents.Tell(store, before, after, actor);
        if (before.ResponsibleUserId != after.ResponsibleUserId)
        {
            Publish("responsible", before, after, actor);
        }

        Publish("update", before, after, actor);
        return after;
    }

    public void Delete(SimulatedTask task, Actor actor)
    {
        store.RemoveTask(task);
        TaskEvents.Tell(store, "task_deleted", task, actor);
        Publish("delete", task, task, actor);
    }

    private void Publish(string action, SimulatedTask? before, SimulatedTask after, Actor actor) =>
        sink.Publish(new Change([$"{action}_task"], body => TaskHooks.Write(body, action, before, after, actor, store.Options)));
}
