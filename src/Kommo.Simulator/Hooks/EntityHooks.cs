using Kommo.Simulator.Accounts;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Hooks;

/// <summary>Bodies of the hooks on leads, contacts and companies: the old v2 field names, all values text (Kommo: Webhooks).</summary>
internal static class EntityHooks
{
    public static void Write(
        FormBody body, string action, SimulatedEntity before, SimulatedEntity after, Actor actor, AccountStore store)
    {
        FormNode item = body.At(after.Kind.HookKey()).At(action).At(0);
        if (after is SimulatedLead lead)
        {
            WriteLead(item, action, (SimulatedLead)before, lead, actor, store);
        }
        else if (after is SimulatedCustomer customer)
        {
            CustomerHooks.Write(item, action, (SimulatedCustomer)before, customer, actor, store);
        }
        else if (action == "delete")
        {
            item.Add("id", after.Id).Add("type", after.Kind.Singular());
        }
        else
        {
            WritePerson(item, action, before, after, actor, store);
        }
    }

    private static void WriteLead(
        FormNode item, string action, SimulatedLead before, SimulatedLead lead, Actor actor, AccountStore store)
    {
        if (action == "delete")
        {
            item.Add("id", lead.Id).Add("status_id", lead.StatusId).Add("pipeline_id", lead.PipelineId);
            return;
        }

        item.Add("id", lead.Id).Add("name", lead.Name).Add("status_id", lead.StatusId);
        if (action == "status")
        {
            item.Add("old_status_id", before.StatusId);
        }

        item.Add("price", lead.Price).Add("responsible_user_id", lead.ResponsibleUserId);
        if (action == "responsible")
        {
            item.Add("old_responsible_user_id", before.ResponsibleUserId);
        }

        item.Add("last_modified", lead.UpdatedAt)
            .Add("modified_user_id", actor.HookUserId)
            .Add("created_user_id", lead.CreatedBy)
            .Add("date_create", lead.CreatedAt)
            .Add("pipeline_id", lead.PipelineId);
        if (action == "status" && before.PipelineId != lead.PipelineId)
        {
            item.Add("old_pipeline_id", before.PipelineId);
        }

        WriteTags(item, lead.Tags);
        item.Add("account_id", store.Options.AccountId);
        HookFields.Write(item, lead, store);
        item.Add("created_at", lead.CreatedAt).Add("updated_at", lead.UpdatedAt);
    }

    private static void WritePerson(
        FormNode item, string action, SimulatedEntity before, SimulatedEntity person, Actor actor, AccountStore store)
    {
        item.Add("id", person.Id).Add("name", person.Name).Add("responsible_user_id", person.ResponsibleUserId);
        if (action == "update")
        {
            // Sent even when the owner stayed, with equal values.
            item.Add("old_responsible_user_id", before.ResponsibleUserId);
        }

        item.Add("date_create", person.CreatedAt)
            .Add("last_modified", person.UpdatedAt)
            .Add("created_user_id", person.CreatedBy)
            .Add("modified_user_id", actor.HookUserId);
        if (person is SimulatedContact { CompanyId: { } companyId })
        {
            item.Add("company_name", store.Companies.Find(companyId)?.Name).Add("linked_company_id", companyId);
        }

        item.Add("account_id", store.Options.AccountId);
        HookFields.Write(item, person, store);
        foreach (SimulatedLead lead in store.LeadsOf(person))
        {
            item.At("linked_leads_id").At(lead.Id).Add("ID", lead.Id);
        }

        WriteTags(item, person.Tags);
        item.Add("created_at", person.CreatedAt).Add("updated_at", person.UpdatedAt).Add("type", person.Kind.Singular());
    }

    public static void WriteTags(FormNode item, IReadOnlyList<SimulatedTag> tags)
    {
        for (int index = 0; index < tags.Count; index++)
        {
            item.At("tags").At(index).Add("id", tags[index].Id).Add("name", tags[index].Name);
        }
    }
}
