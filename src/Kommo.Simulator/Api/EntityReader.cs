using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Api.Customers;
using Kommo.Simulator.Api.Leads;
using Kommo.Simulator.Api.Settings;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Kommo.Simulator.Fields;

namespace Kommo.Simulator.Api;

/// <summary>Reads leads, contacts and companies from a write: what the item leaves out stays as it was (Kommo: Leads, Contacts).</summary>
internal sealed class EntityReader(AccountStore store)
{
    /// <param name="item">The item to read.</param>
    /// <param name="actor">Who writes.</param>
    /// <param name="newLinks">Whether linked contacts and companies without an id are allowed: <c>leads/complex</c> makes them.</param>
    public SimulatedLead NewLead(ItemReader item, Actor actor, bool newLinks = false) => ReadLead(item, New(new SimulatedLead
    {
        PipelineId = store.Pipelines.All.First(pipeline => pipeline.IsMain).Id,
        StatusId = store.Pipelines.All.First(pipeline => pipeline.IsMain).FirstStage,
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
        EntityKind.Company => ReadCommon(item, New(new SimulatedCompany(), actor)),
        _ => NewCustomer(item, actor),
    };

    public SimulatedEntity Changed(ItemReader item, SimulatedEntity before, Actor actor) => (before with { UpdatedBy = actor.UserId }) switch
    {
        SimulatedLead lead => ReadLead(item, lead),
        SimulatedContact contact => ReadContact(item, contact),
        SimulatedCustomer customer => ReadCustomer(item, customer),
        var company => ReadCommon(item, company),
    };

    /// <summary>Reports a user that the account does not have; 0 is the robot and allowed where a person is not needed.</summary>
    public static long User(AccountStore store, ItemReader item, string name, long fallback, bool robot)
    {
        long user = item.Number(name) ?? fallback;
        if (item.Has(name) && !(robot && user == 0) && !store.IsUser(user))
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
            Name = item.TextOr("name", before.Name) ?? "",
            ResponsibleUserId = User(store, item, "responsible_user_id", before.ResponsibleUserId, robot: false),
            CreatedBy = before.Id == 0 ? User(store, item, "created_by", before.CreatedBy, robot: true) : before.CreatedBy,
            UpdatedBy = User(store, item, "updated_by", before.UpdatedBy, robot: true),
            CreatedAt = before.Id == 0 ? item.Number("created_at") ?? 0 : before.CreatedAt,
            UpdatedAt = item.Number("updated_at") ?? before.UpdatedAt,
            Fields = FieldValues.Read(item, store.Fields, before.Kind.Plural(), before.Fields),
            Tags = TagsReader.Read(item, before.Kind, before.Tags, store),
        });

    private SimulatedContact ReadContact(ItemReader item, SimulatedContact before)
    {
        SimulatedContact contact = ReadCommon(item, before) with
        {
            FirstName = item.TextOr("first_name", before.FirstName) ?? "",
            LastName = item.TextOr("last_name", before.LastName) ?? "",
        };
        bool fromParts = !item.Has("name") && (item.Has("first_name") || item.Has("last_name"));
        return fromParts ? contact with { Name = $"{contact.FirstName} {contact.LastName}".Trim() } : contact;
    }

    private SimulatedLead ReadLead(ItemReader item, SimulatedLead before)
    {
        SimulatedLead lead = ReadCommon(item, before) with
        {
            Price = item.NumberOr("price", before.Price) ?? 0,
            LossReasonId = LossReason(item, before.LossReasonId),
            ClosedAt = item.NumberOr("closed_at", before.ClosedAt),
            SourceId = before.Id == 0 ? Source(item) : before.SourceId,
        };
        return ReadStage(item, lead);
    }

    private SimulatedCustomer NewCustomer(ItemReader item, Actor actor) => ReadCustomer(item, New(new SimulatedCustomer(), actor)) with
    {
        ContactIds = Linked(item, "contacts", EntityKind.Contact, newLinks: false),
        CompanyId = Linked(item, "companies", EntityKind.Company, newLinks: false) is [var company, ..] ? company : null,
    };

    private SimulatedCustomer ReadCustomer(ItemReader item, SimulatedCustomer before)
    {
        if (before.Id == 0 && string.IsNullOrEmpty(item["name"]?.ToString()))
        {
            item.Missing("name");
        }

        long? status = item.NumberOr("status_id", before.StatusId);
        if (item.Has("status_id") && status is { } named && CustomerTables.Statuses(store).Find(named) is null)
        {
            item.NotAChoice("status_id");
        }

        return ReadCommon(item, before) with
        {
            NextPrice = item.NumberOr("next_price", before.NextPrice) ?? 0,
            NextDate = item.NumberOr("next_date", before.NextDate),
            Periodicity = item.NumberOr("periodicity", before.Periodicity),
            StatusId = status,
            SegmentIds = Segments(item, before),
        };
    }

    private IReadOnlyList<long> Segments(ItemReader item, SimulatedCustomer before)
    {
        if (item.Array("segments", embedded: true) is not { } nodes)
        {
            return before.SegmentIds;
        }

        List<long> ids = [];
        for (int index = 0; index < nodes.Count; index++)
        {
            long id = (nodes[index] as JsonObject)?.Long("id") ?? 0;
            if (CustomerTables.Segments(store).Find(id) is null)
            {
                item.NotAChoice($"_embedded.segments.{index}.id");
            }

            ids.Add(id);
        }

        return ids;
    }

    private long? LossReason(ItemReader item, long? before)
    {
        long? reason = item.NumberOr("loss_reason_id", before);
        if (item.Has("loss_reason_id") && reason is { } named && LossReasons.Table(store).Find(named) is null)
        {
            item.NotAChoice("loss_reason_id");
        }

        return reason;
    }

    /// <summary>A source of the integration by its external id, as <c>_embedded.source</c> names it.</summary>
    private long? Source(ItemReader item)
    {
        if ((item["_embedded"] as JsonObject)?["source"] is not JsonObject source)
        {
            return null;
        }

        if (Sources.Table(store).All.FirstOrDefault(row => row.Text("external_id") == source.Text("external_id")) is not { } known)
        {
            item.NotAChoice("_embedded.source.external_id");
            return null;
        }

        return known.Id();
    }

    private SimulatedLead ReadStage(ItemReader item, SimulatedLead before)
    {
        long? pipelineId = item.Number("pipeline_id");
        long? statusId = item.Number("status_id");
        if (pipelineId is null && statusId is null)
        {
            return before;
        }

        // A stage alone names its pipeline, except for 142 and 143, which every pipeline has.
        Pipeline? pipeline = pipelineId is { } named
            ? store.Pipelines.Find(named)
            : store.Pipelines.All.OrderByDescending(known => known.Id == before.PipelineId).FirstOrDefault(known => known.Has(statusId ?? 0));
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
