using System.Text.Json.Nodes;
using Kommo.Simulator.Api.Leads;
using Kommo.Simulator.Api.Settings;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Kommo.Simulator.Fields;

namespace Kommo.Simulator.Api;

/// <summary>Leads, contacts and companies in the v4 shape (Kommo: Leads, Contacts, Companies).</summary>
internal static class EntityJson
{
    public static JsonObject Of(SimulatedEntity entity, ApiRequest request, AccountStore store) => entity switch
    {
        SimulatedLead lead => Lead(lead, request, store),
        SimulatedContact contact => Contact(contact, request, store),
        SimulatedCompany company => Company(company, request, store),
        _ => Customer((SimulatedCustomer)entity, request, store),
    };

    /// <summary>When the next open task of an entity is due, unix seconds; null without one.</summary>
    public static long? ClosestTask(SimulatedEntity entity, AccountStore store) => store.TasksOf(entity.Kind, entity.Id)
        .Where(task => !task.IsCompleted).Min(task => (long?)task.CompleteTill);

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
        ListQuery query = request.Query;
        if (query.With("is_price_modified_by_robot"))
        {
            body["is_price_modified_by_robot"] = false;
        }

        if (query.With("source_id"))
        {
            body["source_id"] = lead.SourceId;
        }

        JsonObject embedded = Embedded(lead, request);
        AddContacts(embedded, lead.ContactIds, request);
        if (query.With("loss_reason"))
        {
            embedded["loss_reason"] = new JsonArray(
                [.. lead.LossReasonId is { } reason && LossReasons.Table(store).Find(reason) is { } row ? [row.DeepClone()] : Array.Empty<JsonNode>()]);
        }

        if (query.With("source"))
        {
            embedded["source"] = lead.SourceId is { } source && Sources.Table(store).Find(source) is { } known
                ? new JsonObject { ["id"] = source, ["name"] = known.Text("name") }
                : null;
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
        JsonObject embedded = Embedded(contact, request);
        AddNaming(embedded, contact, request, store, EntityKind.Lead, EntityKind.Customer);
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
        AddElements(embedded, company, request);
        AddNaming(embedded, company, request, store, EntityKind.Lead, EntityKind.Contact, EntityKind.Customer);
        body["_embedded"] = embedded;
        return body;
    }

    private static JsonObject Customer(SimulatedCustomer customer, ApiRequest request, AccountStore store)
    {
        JsonObject body = Head(customer);
        body["next_price"] = customer.NextPrice;
        body["next_date"] = customer.NextDate;
        body["status_id"] = customer.StatusId;
        body["periodicity"] = customer.Periodicity;
        Tail(body, customer, store);
        body["ltv"] = customer.Ltv;
        body["purchases_count"] = customer.PurchasesCount;
        body["average_check"] = customer.PurchasesCount == 0 ? 0 : customer.Ltv / customer.PurchasesCount;
        body["bonus_points"] = customer.BonusPoints;
        body["_links"] = Self(customer.Kind, customer.Id, request);
        JsonObject embedded = new()
        {
            ["tags"] = Tags(customer),
            ["segments"] = customer.SegmentIds.Select(id => new JsonObject
            {
                ["id"] = id,
                ["_links"] = request.SelfLink($"/api/v4/customers/segments/{id.ToText()}"),
            }).ToJsonArray(),
        };
        AddElements(embedded, customer, request);
        AddContacts(embedded, customer.ContactIds, request);
        if (request.Query.With("companies"))
        {
            embedded["companies"] = customer.CompanyId is { } id ? new JsonArray(Linked(EntityKind.Company, id, request)) : [];
        }

        body["_embedded"] = embedded;
        return body;
    }

    private static void AddContacts(JsonObject embedded, IReadOnlyList<long> contacts, ApiRequest request)
    {
        if (request.Query.With("contacts"))
        {
            embedded["contacts"] = contacts.Select((id, index) =>
            {
                JsonObject link = Linked(EntityKind.Contact, id, request);
                link["is_main"] = index == 0;
                return link;
            }).ToJsonArray();
        }
    }

    /// <summary>The entities that name this one as theirs, for those kinds that <c>with</c> asks for.</summary>
    private static void AddNaming(
        JsonObject embedded, SimulatedEntity entity, ApiRequest request, AccountStore store, params ReadOnlySpan<EntityKind> kinds)
    {
        foreach (EntityKind kind in kinds)
        {
            if (request.Query.With(kind.Plural()))
            {
                embedded[kind.Plural()] = store.Naming(entity, kind).Select(other => Linked(kind, other.Id, request)).ToJsonArray();
            }
        }
    }

    private static void AddElements(JsonObject embedded, SimulatedEntity entity, ApiRequest request)
    {
        if (request.Query.With("catalog_elements"))
        {
            embedded["catalog_elements"] = entity.Elements.Select(link => new JsonObject
            {
                ["id"] = link.ElementId,
                ["metadata"] = new JsonObject
                {
                    ["quantity"] = link.Quantity,
                    ["catalog_id"] = link.CatalogId,
                    ["price_id"] = link.PriceId,
                },
                ["_links"] = request.SelfLink($"/api/v4/catalogs/{link.CatalogId.ToText()}/elements/{link.ElementId.ToText()}"),
            }).ToJsonArray();
        }
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
        body["closest_task_at"] = ClosestTask(entity, store);
        body["is_deleted"] = entity.IsDeleted;
        body["custom_fields_values"] = FieldValues.Json(entity.Fields, store.Fields, entity.Kind.Plural());
        body["account_id"] = store.Options.AccountId;
    }

    private static JsonObject Embedded(SimulatedEntity entity, ApiRequest request)
    {
        JsonObject embedded = new()
        {
            ["tags"] = Tags(entity),
            ["companies"] = entity.LinkedCompany is { } id ? new JsonArray(Linked(EntityKind.Company, id, request)) : [],
        };
        AddElements(embedded, entity, request);
        return embedded;
    }

    private static JsonArray Tags(SimulatedEntity entity) =>
        new([.. entity.Tags.Select(tag => new JsonObject { ["id"] = tag.Id, ["name"] = tag.Name, ["color"] = tag.Color })]);

    private static JsonObject Linked(EntityKind kind, long id, ApiRequest request) =>
        new() { ["id"] = id, ["_links"] = Self(kind, id, request) };

    private static JsonObject Self(EntityKind kind, long id, ApiRequest request) => request.SelfLink($"/api/v4/{kind.Plural()}/{id}");
}
