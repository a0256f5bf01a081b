using System.Text.Json.Nodes;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Api;

/// <summary>
/// <c>POST /leads/complex</c>: leads with a new contact and a new company each (Kommo: Leads). Nothing is merged: duplicate control
/// is off.
/// </summary>
internal sealed class ComplexLeadEndpoint(AccountStore store, EntityChanges changes)
{
    private const int MostLeads = 50;
    private const int MostFieldValues = 40;
    private readonly EntityReader _reader = new(store);
    private readonly BatchWrite _batch = new(store);

    public Reply Create(ApiRequest request) => _batch.PlainMany(request, item =>
    {
        CheckFieldCount(item);
        SimulatedLead lead = _reader.NewLead(item, request.Actor, newLinks: true);
        SimulatedContact? contact = (SimulatedContact?)Embedded(request, item, "contacts", EntityKind.Contact);
        SimulatedCompany? company = (SimulatedCompany?)Embedded(request, item, "companies", EntityKind.Company);
        return () => Apply(request, item, lead, contact, company);
    }, MostLeads);

    private JsonObject Apply(
        ApiRequest request, ItemReader item, SimulatedLead lead, SimulatedContact? contact, SimulatedCompany? company)
    {
        long? companyId = company is null ? lead.CompanyId : changes.Add(company, request.Actor).Id;
        long? contactId = contact is null
            ? lead.ContactIds.Select(id => (long?)id).FirstOrDefault()
            : changes.Add(contact with { CompanyId = contact.CompanyId ?? companyId }, request.Actor).Id;
        SimulatedLead added = changes.Add(
            lead with { CompanyId = companyId, ContactIds = contactId is { } id ? [id] : [] }, request.Actor);
        return new JsonObject
        {
            ["id"] = added.Id,
            ["contact_id"] = contactId,
            ["company_id"] = companyId,
            ["request_id"] = new JsonArray(item.RequestId),
            ["merged"] = false,
        };
    }

    /// <summary>The draft of an embedded contact or company without an id; what is wrong with it is reported under its own path.</summary>
    private SimulatedEntity? Embedded(ApiRequest request, ItemReader item, string name, EntityKind kind)
    {
        if (item.Array(name, embedded: true) is not { Count: > 0 } nodes)
        {
            return null;
        }

        if (nodes.Count > 1)
        {
            item.Fail("TooMany", $"_embedded.{name}", "This collection should contain 1 element or less.");
        }

        if (nodes[0] is not JsonObject draft || draft.ContainsKey("id"))
        {
            return null;
        }

        ItemReader inner = new(draft, 0);
        CheckFieldCount(inner);
        SimulatedEntity entity = _reader.New(kind, inner, request.Actor);
        item.Adopt(inner, $"_embedded.{name}.0");
        return entity;
    }

    private static void CheckFieldCount(ItemReader item)
    {
        if (item.Array("custom_fields_values")?.Count > MostFieldValues)
        {
            item.TooMany("custom_fields_values", MostFieldValues);
        }
    }
}
