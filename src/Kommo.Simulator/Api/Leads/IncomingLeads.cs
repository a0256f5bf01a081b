using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Kommo.Simulator.Hooks;

namespace Kommo.Simulator.Api.Leads;

/// <summary>The only way to change an incoming lead, by whatever route or channel it came. Callers hold the store's gate.</summary>
internal sealed class IncomingLeads(ApiContext context)
{
    private readonly AccountStore _store = context.Store;

    /// <summary>Keeps the entities where nobody sees them as leads yet, and announces the incoming lead.</summary>
    public JsonObject Add(
        JsonObject head, SimulatedLead lead, IReadOnlyList<SimulatedContact> contacts, IReadOnlyList<SimulatedCompany> companies, Actor actor)
    {
        Pipeline pipeline = _store.Pipelines.Find(head.Long("pipeline_id"))!;
        long? company = companies.Select(one => (long?)Kept(one, actor)).FirstOrDefault();
        List<long> people = [.. contacts.Select(one => Kept(one with { CompanyId = one.CompanyId ?? company }, actor))];
        SimulatedLead added = context.Entities.Add(lead with
        {
            PipelineId = pipeline.Id,
            StatusId = pipeline.UnsortedStage,
            ContactIds = people,
            CompanyId = company,
            IsUnsorted = true,
        }, actor, quiet: true);
        JsonObject row = head.Copy();
        row["uid"] = Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N")[..8];
        row["account_id"] = _store.Options.AccountId;
        row["updated_at"] = _store.Now;
        row["_embedded"] = new JsonObject
        {
            ["leads"] = Ids([added.Id]),
            ["contacts"] = Ids(people),
            ["companies"] = Ids(company is { } id ? [id] : []),
        };
        UnsortedTables.Waiting(_store).Put(row);
        Publish("add", row, actor, null);
        return row;
    }

    /// <summary>Makes leads of it, in the stage or in the first one.</summary>
    public JsonObject Accept(JsonObject row, long userId, long? statusId, Actor actor)
    {
        Pipeline pipeline = _store.Pipelines.Find(row.Long("pipeline_id"))!;
        foreach (SimulatedLead lead in Leads(row))
        {
            SimulatedLead accepted = context.Entities.Replace(lead with
            {
                IsUnsorted = false,
                StatusId = statusId ?? pipeline.FirstStage,
                ResponsibleUserId = userId,
                UpdatedBy = actor.UserId,
            });
            context.Entities.Announce(accepted, actor);
        }

        return Finish(row, "accept", actor);
    }

    public JsonObject Decline(JsonObject row, Actor actor)
    {
        foreach (SimulatedLead lead in Leads(row))
        {
            context.Entities.Replace(lead with { IsUnsorted = false, IsDeleted = true });
        }

        return Finish(row, "decline", actor);
    }

    /// <summary>Hands what came over to a lead or customer that is there already.</summary>
    public JsonObject Link(JsonObject row, EntityKind kind, long entityId, Actor actor)
    {
        IReadOnlyList<long> contacts = [.. row.Object("_embedded").List("contacts").Objects().Select(contact => contact.Id())];
        SimulatedEntity target = _store.Find(kind, entityId)!;
        context.Entities.Update<SimulatedEntity>(
            target is SimulatedCustomer customer
                ? customer with { ContactIds = [.. customer.ContactIds.Union(contacts)] }
                : (SimulatedLead)target with { ContactIds = [.. target.LinkedContacts.Union(contacts)] },
            actor);
        foreach (SimulatedLead lead in Leads(row))
        {
            context.Entities.Replace(lead with { IsUnsorted = false, IsDeleted = true });
        }

        return Finish(row, "accept", actor);
    }

    public static JsonObject Head(string category, string sourceName, string sourceUid, long pipelineId, JsonObject metadata, long createdAt) => new()
    {
        ["uid"] = null,
        ["source_uid"] = sourceUid,
        ["source_name"] = sourceName,
        ["category"] = category,
        ["pipeline_id"] = pipelineId,
        ["created_at"] = createdAt,
        ["metadata"] = metadata.DeepClone(),
    };

    private long Kept(SimulatedEntity entity, Actor actor) => entity.Id != 0 ? entity.Id : context.Entities.Add(entity, actor, quiet: true).Id;

    private List<SimulatedLead> Leads(JsonObject row) =>
        [.. row.Object("_embedded").List("leads").Objects().Select(lead => _store.Leads.Find(lead.Id())).OfType<SimulatedLead>()];

    private JsonObject Finish(JsonObject row, string action, Actor actor)
    {
        UnsortedTables.Waiting(_store).Remove(row.Text("uid"));
        JsonObject done = row.With("result", action);
        done["done_at"] = _store.Now;
        UnsortedTables.Done(_store).Put(done);
        Publish("delete", row, actor, action);
        return row;
    }

    private void Publish(string action, JsonObject row, Actor actor, string? outcome) => context.Sink.Publish(
        new Change([$"{action}_unsorted"], body => UnsortedHooks.Write(body, action, row, outcome, actor)));

    private static JsonArray Ids(IEnumerable<long> ids) => ids.Select(id => new JsonObject { ["id"] = id }).ToJsonArray();
}
