using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Api;

/// <summary>Leads, contacts and companies in the v4 shape (Kommo: Leads, Contacts, Companies).</summary>
internal static class EntityJson
{
    public static JsonObject Of(SimulatedEntity entity, ApiRequest request, AccountStore store) => entity switch
    {
        SimulatedLead lead => Lead(lead, request, store),
        SimulatedContact contact => Contact(contact, request, store),
        _ => Company((SimulatedCompany)entity, request, store),
    };

    /// <summary>What a write answers for an item: its id, the instant of the change, the echo and its link.</summary>
    public static JsonObject Written(SimulatedEntity entity, ItemReader item, ApiRequest request, bool isNew)
    {
        JsonObject body = new() { ["id"] = entity.Id };
        if (!isNew)
        {
            body["name"] = entity.Name;
            body["updated_at"] = entity.UpdatedAt;
        }

        body["request_id"] = item.RequestId;
        body["_links"] = Self(entity.Kind, entity.Id, request);
        return body;
    }

    private static JsonObject Lead(SimulatedLead lead, ApiRequest request, AccountStore store)
    {
        JsonObject body = Head(lead);
        body["price"] = lead.Price;
        body["group_id"] = 0;
        body["status_id"] = lead.StatusId;
        body["pipeline_id"] = lead.PipelineId;
        body["loss_reason_id"] = lead.LossReasonId;
        body["closed_at"] = lead.ClosedAt;
        Tail(body, lead, store);
        body["score"] = null;
        body["labor_cost"] = null;
        body["_links"] = Self(lead.Kind, lead.Id, request);
        JsonObject embedded = Embedded(lead, lead.CompanyId, request);
        if (request.Query.With("contacts"))
        {
            embedded["contacts"] = new JsonArray([.. lead.ContactIds.Select((id, index) =>
            {
                JsonObject link = Linked(EntityKind.Contact, id, request);
                link["is_main"] = index == 0;
                return link;
            })]);
        }

        body["_embedded"] = embedded;
        return body;
    }

    private static JsonObject Contact(SimulatedContact contact, ApiRequest request, AccountStore store)
    {
        JsonObject body = Head(contact);
        body["first_name"] = contact.FirstName;
        body["last_name"] = contact.LastName;
        body["group_id"] = 0;
        Tail(body, contact, store);
        body["is_unsorted"] = false;
        body["_links"] = Self(contact.Kind, contact.Id, request);
        JsonObject embedded = Embedded(contact, contact.CompanyId, request);
        if (request.Query.With("leads"))
        {
            embedded["leads"] = Links(EntityKind.Lead, store.LeadsOf(contact), request);
        }

        body["_embedded"] = embedded;
        return body;
    }

    private static JsonObject Company(SimulatedCompany company, ApiRequest request, AccountStore store)
    {
        JsonObject body = Head(company);
        body["group_id"] = 0;
        Tail(body, company, store);
        body["_links"] = Self(company.Kind, company.Id, request);
        JsonObject embedded = new() { ["tags"] = Tags(company) };
        if (request.Query.With("leads"))
        {
            embedded["leads"] = Links(EntityKind.Lead, store.LeadsOf(company), request);
        }

        if (request.Query.With("contacts"))
        {
            embedded["contacts"] = Links(EntityKind.Contact, store.ContactsOf(company), request);
        }

        body["_embedded"] = embedded;
        return body;
    }

    private static JsonObject Head(SimulatedEntity entity) => new()
    {
        ["id"] = entity.Id,
        ["name"] = entity.Name,
        ["responsible_user_id"] = entity.ResponsibleUserId,
        ["created_by"] = entity.CreatedBy,
        ["updated_by"] = entity.UpdatedBy,
        ["created_at"] = entity.CreatedAt,
        ["updated_at"] = entity.UpdatedAt,
    };

    private static void Tail(JsonObject body, SimulatedEntity entity, AccountStore store)
    {
        body["closest_task_at"] = store.TasksOf(entity.Kind, entity.Id)
            .Where(task => !task.IsCompleted).Min(task => (long?)task.CompleteTill);
        body["is_deleted"] = entity.IsDeleted;
        body["custom_fields_values"] = Fields(entity);
        body["account_id"] = store.Options.AccountId;
    }

    private static JsonArray? Fields(SimulatedEntity entity) => entity.Fields.Count == 0
        ? null
        : new JsonArray([.. entity.Fields.Select(field =>
        {
            CustomField? definition = AccountCatalog.FindField(entity.Kind, field.FieldId);
            return new JsonObject
            {
                ["field_id"] = field.FieldId,
                ["field_name"] = definition?.Name,
                ["field_code"] = definition?.Code,
                ["field_type"] = definition?.Type,
                ["values"] = new JsonArray([.. field.Values.Select(Value)]),
            };
        })]);

    private static JsonObject Value(SimulatedFieldItem item)
    {
        JsonObject value = new() { ["value"] = JsonNode.Parse(item.Value.GetRawText()) };
        if (item.EnumId is { } id)
        {
            value["enum_id"] = id;
            value["enum_code"] = item.EnumCode;
        }

        return value;
    }

    private static JsonObject Embedded(SimulatedEntity entity, long? companyId, ApiRequest request) => new()
    {
        ["tags"] = Tags(entity),
        ["companies"] = companyId is { } id ? new JsonArray(Linked(EntityKind.Company, id, request)) : [],
    };

    private static JsonArray Tags(SimulatedEntity entity) =>
        new([.. entity.Tags.Select(tag => new JsonObject { ["id"] = tag.Id, ["name"] = tag.Name, ["color"] = null })]);

    private static JsonArray Links(EntityKind kind, IEnumerable<SimulatedEntity> entities, ApiRequest request) =>
        new([.. entities.Select(entity => Linked(kind, entity.Id, request))]);

    private static JsonObject Linked(EntityKind kind, long id, ApiRequest request) =>
        new() { ["id"] = id, ["_links"] = Self(kind, id, request) };

    private static JsonObject Self(EntityKind kind, long id, ApiRequest request) => request.SelfLink($"/api/v4/{kind.Plural()}/{id}");
}
