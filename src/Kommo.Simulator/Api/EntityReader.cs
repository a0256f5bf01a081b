using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Api;

/// <summary>Reads leads, contacts and companies from a write: what the item leaves out stays as it was (Kommo: Leads, Contacts).</summary>
internal sealed class EntityReader(AccountStore store)
{
    /// <param name="item">The item to read.</param>
    /// <param name="actor">Who writes.</param>
    /// <param name="newLinks">Whether linked contacts and companies without an id are allowed: <c>leads/complex</c> makes them.</param>
    public SimulatedLead NewLead(ItemReader item, Actor actor, bool newLinks = false) => ReadLead(item, New(new SimulatedLead
    {
        PipelineId = AccountCatalog.MainPipeline,
        StatusId = AccountCatalog.FindPipeline(AccountCatalog.MainPipeline)!.FirstStage,
    }, actor)) with
    {
        ContactIds = Linked(item, "contacts", EntityKind.Contact, newLinks),
        CompanyId = Linked(item, "companies", EntityKind.Company, newLinks) is [var company, ..] ? company : null,
    };

    public SimulatedContact NewContact(ItemReader item, Actor actor) => ReadContact(item, New(new SimulatedContact(), actor)) with
    {
        CompanyId = Linked(item, "companies", EntityKind.Company, newLinks: false) is [var company, ..] ? company : null,
    };

    public SimulatedEntity New(EntityKind kind, ItemReader item, Actor actor) => kind switch
    {
        EntityKind.Lead => NewLead(item, actor),
        EntityKind.Contact => NewContact(item, actor),
        _ => ReadCommon(item, New(new SimulatedCompany(), actor)),
    };

    public SimulatedEntity Changed(ItemReader item, SimulatedEntity before, Actor actor) => (before with { UpdatedBy = actor.UserId }) switch
    {
        SimulatedLead lead => ReadLead(item, lead),
        SimulatedContact contact => ReadContact(item, contact),
        var company => ReadCommon(item, company),
    };

    /// <summary>Reports a user that the account does not have; 0 is the robot and allowed where a person is not needed.</summary>
    public static long User(ItemReader item, string name, long fallback, bool robot)
    {
        long user = item.Number(name) ?? fallback;
        if (item.Has(name) && !(robot && user == 0) && AccountCatalog.FindUser(user) is null)
        {
            item.NotAChoice(name);
        }

        return user;
    }

    private static T New<T>(T entity, Actor actor)
        where T : SimulatedEntity =>
        (T)(entity with { CreatedBy = actor.UserId, UpdatedBy = actor.UserId, ResponsibleUserId = actor.UserId });

    private T ReadCommon<T>(ItemReader item, T before)
        where T : SimulatedEntity => (T)(before with
        {
            Name = item.Text("name") ?? before.Name,
            ResponsibleUserId = User(item, "responsible_user_id", before.ResponsibleUserId, robot: false),
            CreatedBy = before.Id == 0 ? User(item, "created_by", before.CreatedBy, robot: true) : before.CreatedBy,
            UpdatedBy = User(item, "updated_by", before.UpdatedBy, robot: true),
            CreatedAt = before.Id == 0 ? item.Number("created_at") ?? 0 : before.CreatedAt,
            UpdatedAt = item.Number("updated_at") ?? before.UpdatedAt,
            Fields = FieldValuesReader.Read(item, before.Kind, before.Fields),
            Tags = TagsReader.Read(item, before.Kind, before.Tags, store),
        });

    private SimulatedContact ReadContact(ItemReader item, SimulatedContact before)
    {
        SimulatedContact contact = ReadCommon(item, before) with
        {
            FirstName = item.Text("first_name") ?? before.FirstName,
            LastName = item.Text("last_name") ?? before.LastName,
        };
        bool fromParts = !item.Has("name") && (item.Has("first_name") || item.Has("last_name"));
        return fromParts ? contact with { Name = $"{contact.FirstName} {contact.LastName}".Trim() } : contact;
    }

    private SimulatedLead ReadLead(ItemReader item, SimulatedLead before)
    {
        SimulatedLead lead = ReadCommon(item, before) with
        {
            Price = item.Number("price") ?? before.Price,
            LossReasonId = item.Number("loss_reason_id") ?? before.LossReasonId,
            ClosedAt = item.Number("closed_at") ?? before.ClosedAt,
        };
        return ReadStage(item, lead);
    }

    private static SimulatedLead ReadStage(ItemReader item, SimulatedLead before)
    {
        long? pipelineId = item.Number("pipeline_id");
        long? statusId = item.Number("status_id");
        if (pipelineId is null && statusId is null)
        {
            return before;
        }

        // A stage alone names its pipeline, except for 142 and 143, which every pipeline has.
        Pipeline? pipeline = pipelineId is { } named
            ? AccountCatalog.FindPipeline(named)
            : AccountCatalog.Pipelines.OrderByDescending(known => known.Id == before.PipelineId).FirstOrDefault(known => known.Has(statusId ?? 0));
        if (pipeline is null || (statusId is { } stage && !pipeline.Has(stage)))
        {
            item.NotAChoice(pipeline is null && pipelineId is not null ? "pipeline_id" : "status_id");
            return before;
        }

        return before with
        {
            PipelineId = pipeline.Id,
            StatusId = statusId ?? (pipeline.Id == before.PipelineId ? before.StatusId : pipeline.FirstStage),
        };
    }

    /// <summary>The ids that <c>_embedded.name[]</c> links to, the main one first; items without an id are read elsewhere.</summary>
    private IReadOnlyList<long> Linked(ItemReader item, string name, EntityKind kind, bool newLinks)
    {
        if (item.Array(name, embedded: true) is not { } nodes)
        {
            return [];
        }

        List<(long Id, bool IsMain)> linked = [];
        for (int index = 0; index < nodes.Count; index++)
        {
            string path = $"_embedded.{name}.{index}.id";
            JsonObject node = nodes[index] as JsonObject ?? [];
            if (!node.ContainsKey("id"))
            {
                if (!newLinks)
                {
                    item.Missing(path);
                }
            }
            else if (item.Number(node["id"], path) is { } id)
            {
                if (!store.Exists(kind, id))
                {
                    item.NotAChoice(path);
                }

                linked.Add((id, node["is_main"]?.ToString() == "true"));
            }
        }

        return [.. linked.OrderByDescending(link => link.IsMain).Select(link => link.Id).Distinct()];
    }
}
