using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Events;

/// <summary>Tells the event log what a change of a lead, contact, company or customer came to (Kommo: Events, types).</summary>
internal static class EntityEvents
{
    public static void Tell(AccountStore store, string action, SimulatedEntity entity, Actor actor) =>
        store.Events.Add($"{entity.Kind.Singular()}_{action}", entity.Kind.Singular(), entity.Id, actor);

    public static void Tell(AccountStore store, SimulatedEntity before, SimulatedEntity after, Actor actor)
    {
        void Add(string type, JsonObject? old, JsonObject? now) =>
            store.Events.Add(type, after.Kind.Singular(), after.Id, actor, old, now);

        if (before.Name != after.Name)
        {
            Add("name_field_changed", Value("name_field_value", "name", before.Name), Value("name_field_value", "name", after.Name));
        }

        if (before.ResponsibleUserId != after.ResponsibleUserId)
        {
            Add("entity_responsible_changed",
                Value("responsible_user", "id", before.ResponsibleUserId), Value("responsible_user", "id", after.ResponsibleUserId));
        }

        if (before is SimulatedLead old && after is SimulatedLead lead)
        {
            TellLead(old, lead, Add);
        }

        if (before is SimulatedCustomer customerBefore && after is SimulatedCustomer customer && customerBefore.StatusId != customer.StatusId)
        {
            Add("customer_status_changed",
                Value("customer_status", "id", customerBefore.StatusId ?? 0), Value("customer_status", "id", customer.StatusId ?? 0));
        }

        TellTags(before, after, Add);
        TellFields(store, before, after, Add);
        TellLinks(before, after, Add);
    }

    public static JsonObject Value(string kind, string name, JsonNode? value) => new() { [kind] = new JsonObject { [name] = value } };

    private static void TellLead(SimulatedLead before, SimulatedLead after, Action<string, JsonObject?, JsonObject?> add)
    {
        if ((before.StatusId, before.PipelineId) != (after.StatusId, after.PipelineId))
        {
            add("lead_status_changed", Stage(before), Stage(after));
        }

        if (before.Price != after.Price)
        {
            add("sale_field_changed", Value("sale_field_value", "sale", before.Price), Value("sale_field_value", "sale", after.Price));
        }
    }

    private static void TellTags(SimulatedEntity before, SimulatedEntity after, Action<string, JsonObject?, JsonObject?> add)
    {
        static JsonObject Tag(SimulatedTag tag) => new() { ["tag"] = new JsonObject { ["id"] = tag.Id, ["name"] = tag.Name } };
        foreach (SimulatedTag tag in after.Tags.Except(before.Tags))
        {
            add("entity_tag_added", null, Tag(tag));
        }

        foreach (SimulatedTag tag in before.Tags.Except(after.Tags))
        {
            add("entity_tag_deleted", Tag(tag), null);
        }
    }

    private static void TellFields(
        AccountStore store, SimulatedEntity before, SimulatedEntity after, Action<string, JsonObject?, JsonObject?> add)
    {
        if (ReferenceEquals(before.Fields, after.Fields))
        {
            return;
        }

        foreach (long field in before.Fields.Concat(after.Fields).Select(value => value.FieldId).Distinct())
        {
            (JsonObject? old, string oldText) = FieldValue(store, before, field);
            (JsonObject? now, string text) = FieldValue(store, after, field);
            if (oldText != text)
            {
                add($"custom_field_{field.ToText()}_value_changed", old, now);
            }
        }
    }

    private static (JsonObject? Value, string Text) FieldValue(AccountStore store, SimulatedEntity entity, long fieldId)
    {
        if (entity.Fields.FirstOrDefault(field => field.FieldId == fieldId) is not { } value)
        {
            return (null, "");
        }

        string text = string.Join(", ", value.Values.Select(item => item.Value.ToString()));
        return (new JsonObject
        {
            ["custom_field_value"] = new JsonObject
            {
                ["field_id"] = fieldId,
                ["field_type"] = store.Fields.Find(entity.Kind.Plural(), fieldId)?.TypeNumber,
                ["enum_id"] = value.Values is [{ EnumId: { } option }, ..] ? option : null,
                ["text"] = text,
            },
        }, text);
    }

    private static void TellLinks(SimulatedEntity before, SimulatedEntity after, Action<string, JsonObject?, JsonObject?> add)
    {
        static HashSet<(string Type, long Id)> Links(SimulatedEntity entity) =>
        [
            .. entity.LinkedContacts.Select(id => ("contact", id)),
            .. entity.LinkedCompany is { } company ? [("company", company)] : Array.Empty<(string, long)>(),
            .. entity.Elements.Select(link => ($"catalog_{link.CatalogId.ToText()}", link.ElementId)),
        ];
        static JsonObject Link((string Type, long Id) to) => new()
        {
            ["link"] = new JsonObject { ["entity"] = new JsonObject { ["type"] = to.Type, ["id"] = to.Id } },
        };
        HashSet<(string, long)> old = Links(before);
        HashSet<(string, long)> now = Links(after);
        foreach ((string, long) added in now.Except(old))
        {
            add("entity_linked", null, Link(added));
        }

        foreach ((string, long) removed in old.Except(now))
        {
            add("entity_unlinked", Link(removed), null);
        }
    }

    private static JsonObject Stage(SimulatedLead lead) => new()
    {
        ["lead_status"] = new JsonObject { ["id"] = lead.StatusId, ["pipeline_id"] = lead.PipelineId },
    };
}
