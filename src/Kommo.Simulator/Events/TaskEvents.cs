using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Events;

/// <summary>Tells the event log what a change of a task came to: completion is seen only here (Kommo: Events, types).</summary>
internal static class TaskEvents
{
    public static void Tell(AccountStore store, string type, SimulatedTask task, Actor actor) =>
        store.Events.Add(type, "task", task.Id, actor);

    public static void Tell(AccountStore store, SimulatedTask before, SimulatedTask after, Actor actor)
    {
        void Add(string type, JsonObject? old, JsonObject? now) => store.Events.Add(type, "task", after.Id, actor, old, now);

        if (before.Text != after.Text)
        {
            Add("task_text_changed", Value("text", before.Text), Value("text", after.Text));
        }

        if (before.TaskTypeId != after.TaskTypeId)
        {
            Add("task_type_changed",
                EntityEvents.Value("task_type", "id", before.TaskTypeId), EntityEvents.Value("task_type", "id", after.TaskTypeId));
        }

        if (before.CompleteTill != after.CompleteTill)
        {
            Add("task_deadline_changed",
                EntityEvents.Value("task_deadline", "timestamp", before.CompleteTill),
                EntityEvents.Value("task_deadline", "timestamp", after.CompleteTill));
        }

        if (!before.IsCompleted && after.IsCompleted)
        {
            Add("task_completed", null, null);
        }

        if (before.ResultText != after.ResultText && after.ResultText is not null)
        {
            Add("task_result_added", null, Value("text", after.ResultText));
        }

        if (before.ResponsibleUserId != after.ResponsibleUserId)
        {
            Add("entity_responsible_changed",
                EntityEvents.Value("responsible_user", "id", before.ResponsibleUserId),
                EntityEvents.Value("responsible_user", "id", after.ResponsibleUserId));
        }
    }

    private static JsonObject Value(string name, string value) => EntityEvents.Value("task", name, value);
}
