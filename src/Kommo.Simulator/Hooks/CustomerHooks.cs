using Kommo.Simulator.Accounts;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Hooks;

/// <summary>Bodies of the hooks on customers (Kommo: Webhooks; the field list is inferred from that of leads).</summary>
internal static class CustomerHooks
{
    public static void Write(
        FormNode item, string action, SimulatedCustomer before, SimulatedCustomer customer, Actor actor, AccountStore store)
    {
        item.Add("id", customer.Id);
        if (action == "delete")
        {
            return;
        }

        item.Add("name", customer.Name)
            .Add("status_id", customer.StatusId)
            .Add("next_price", customer.NextPrice)
            .Add("next_date", customer.NextDate)
            .Add("responsible_user_id", customer.ResponsibleUserId);
        if (action == "responsible")
        {
            item.Add("old_responsible_user_id", before.ResponsibleUserId);
        }

        item.Add("date_create", customer.CreatedAt)
            .Add("last_modified", customer.UpdatedAt)
            .Add("created_user_id", customer.CreatedBy)
            .Add("modified_user_id", actor.HookUserId)
            .Add("account_id", store.Options.AccountId);
        EntityHooks.WriteTags(item, customer.Tags);
        HookFields.Write(item, customer, store);
        item.Add("created_at", customer.CreatedAt).Add("updated_at", customer.UpdatedAt);
    }
}
