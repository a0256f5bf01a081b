using Kommo.Simulator.Accounts;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Hooks;

/// <summary>Bodies of the hooks on tasks; the key is the singular <c>task</c> (Kommo: Webhooks).</summary>
internal static class TaskHooks
{
    public static void Write(
        FormBody body, string action, SimulatedTask? before, SimulatedTask task, Actor actor, KommoSimulatorOptions options)
    {
        FormNode item = body.At("task").At(action).At(0).Add("id", task.Id);
        if (action == "delete")
        {
            return;
        }

        item.Add("element_id", task.EntityId ?? 0)
            .Add("element_type", task.EntityKind?.HookNumber() ?? 0)
            .Add("task_type", task.TaskTypeId)
            .Add("date_create", HookDates.Local(task.CreatedAt, options))
            .Add("text", task.Text)
            .Add("status", task.IsCompleted ? 1 : 0)
            .Add("account_id", options.AccountId)
            .Add("created_user_id", task.CreatedBy)
            .Add("last_modified", task.UpdatedAt)
            .Add("responsible_user_id", task.ResponsibleUserId)
            .Add("complete_till", HookDates.Local(task.CompleteTill, options))
            .Add("complete_before", task.CompleteTill);
        if (before is not null)
        {
            item.Add("old_responsible_user_id", before.ResponsibleUserId);
        }

        if (action == "update" && before is not null)
        {
            item.Add("action_close", task.IsCompleted && !before.IsCompleted ? 1 : 0)
                .Add("old_text", before.Text)
                .Add("main_user", task.ResponsibleUserId)
                .Add("modified_by", actor.HookUserId);
            if (task.ResultText is not null)
            {
                item.At("result").Add("id", task.Id).Add("text", task.ResultText);
            }
        }

        item.Add("created_at", task.CreatedAt).Add("updated_at", task.UpdatedAt);
    }
}
