using System.Globalization;
using System.Runtime.CompilerServices;
using Kommo;
using Kommo.Webhooks;
using KommoFunctions.Handling;

namespace KommoFunctions.Reconciliation;

/// <summary>
/// Reads from Kommo what was added in a span of time and tells it as the events that hooks should have brought. Only kinds that have handlers
/// are asked for.
/// </summary>
internal sealed class MissedEvents(HandlerRegistry handlers)
{
    public async IAsyncEnumerable<WebhookEvent> ListAsync(
        KommoClient kommo, TimeRange added, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (handlers.HandlesAny(typeof(LeadAdded)))
        {
            await foreach (var lead in kommo.Leads.ListAsync(new LeadQuery { CreatedAt = added }, cancellationToken))
            {
                yield return OfLead(lead);
            }
        }

        if (handlers.HandlesAny(typeof(ContactAdded)))
        {
            await foreach (var contact in kommo.Contacts.ListAsync(new ContactQuery { CreatedAt = added }, cancellationToken))
            {
                yield return OfContact(contact);
            }
        }

        if (handlers.HandlesAny(typeof(CompanyAdded)))
        {
            await foreach (var company in kommo.Companies.ListAsync(new CompanyQuery { CreatedAt = added }, cancellationToken))
            {
                yield return OfCompany(company);
            }
        }

        if (handlers.HandlesAny(typeof(TaskAdded)))
        {
            // Kommo documents no filter by creation for tasks; what was added in the span was also changed in it or after it.
            await foreach (var task in kommo.Tasks.ListAsync(new TaskQuery { UpdatedAt = new TimeRange(added.From) }, cancellationToken))
            {
                if (task.CreatedAt >= added.From && task.CreatedAt <= added.To)
                {
                    yield return OfTask(task);
                }
            }
        }
    }

    private static WebhookEvent OfLead(Lead lead) => WebhookEvent.Create("leads", "add", new HookItem()
        .Add("id", lead.Id)
        .Add("name", lead.Name)
        .Add("status_id", lead.StatusId)
        .Add("price", lead.Price)
        .Add("responsible_user_id", lead.ResponsibleUserId)
        .Add("last_modified", lead.UpdatedAt)
        .Add("modified_user_id", lead.UpdatedBy)
        .Add("created_user_id", lead.CreatedBy)
        .Add("date_create", lead.CreatedAt)
        .Add("pipeline_id", lead.PipelineId)
        .Add("account_id", lead.AccountId)
        .Add(lead.CustomFields)
        .Add("created_at", lead.CreatedAt)
        .Add("updated_at", lead.UpdatedAt)
        .ToFields());

    private static WebhookEvent OfContact(Contact contact) => WebhookEvent.Create("contacts", "add", new HookItem()
        .Add("id", contact.Id)
        .Add("name", contact.Name)
        .Add("responsible_user_id", contact.ResponsibleUserId)
        .Add("date_create", contact.CreatedAt)
        .Add("last_modified", contact.UpdatedAt)
        .Add("created_user_id", contact.CreatedBy)
        .Add("modified_user_id", contact.UpdatedBy)
        .Add("account_id", contact.AccountId)
        .Add(contact.CustomFields)
        .Add("created_at", contact.CreatedAt)
        .Add("updated_at", contact.UpdatedAt)
        .Add("type", "contact")
        .ToFields());

    private static WebhookEvent OfCompany(Company company) => WebhookEvent.Create("contacts", "add", new HookItem()
        .Add("id", company.Id)
        .Add("name", company.Name)
        .Add("responsible_user_id", company.ResponsibleUserId)
        .Add("date_create", company.CreatedAt)
        .Add("last_modified", company.UpdatedAt)
        .Add("created_user_id", company.CreatedBy)
        .Add("modified_user_id", company.UpdatedBy)
        .Add("account_id", company.AccountId)
        .Add(company.CustomFields)
        .Add("created_at", company.CreatedAt)
        .Add("updated_at", company.UpdatedAt)
        .Add("type", "company")
        .ToFields());

    private static WebhookEvent OfTask(KommoTask task) => WebhookEvent.Create("task", "add", new HookItem()
        .Add("id", task.Id)
        .Add("element_id", task.EntityId)
        .Add("element_type", ElementType(task.EntityType))
        .Add("task_type", task.TaskTypeId)
        .Add("text", task.Text)
        .Add("status", task.IsCompleted == true ? 1 : 0)
        .Add("account_id", task.AccountId)
        .Add("created_user_id", task.CreatedBy)
        .Add("responsible_user_id", task.ResponsibleUserId)
        .Add("complete_before", task.CompleteTill)
        .Add("created_at", task.CreatedAt)
        .Add("updated_at", task.UpdatedAt)
        .ToFields());

    /// <summary>The numbers that hooks use (Kommo: Webhooks, <c>element_type</c>).</summary>
    private static long? ElementType(EntityType? type) => type?.Name switch
    {
        "contacts" => 1,
        "leads" => 2,
        "companies" => 3,
        "customers" => 12,
        _ => null,
    };
}
