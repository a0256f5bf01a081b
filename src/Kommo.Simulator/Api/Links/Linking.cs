using System.Text.Json;
using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Api.Catalogs;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Api.Links;

/// <summary>
/// Reads, makes and breaks links. A lead or customer names its contacts and company, a contact its company; the other direction is
/// looked up.
/// </summary>
internal sealed class Linking(ApiContext context)
{
    private static readonly Dictionary<EntityKind, EntityKind[]> Allowed = new()
    {
        [EntityKind.Lead] = [EntityKind.Contact, EntityKind.Company],
        [EntityKind.Contact] = [EntityKind.Lead, EntityKind.Company, EntityKind.Customer],
        [EntityKind.Company] = [EntityKind.Contact, EntityKind.Lead, EntityKind.Customer],
        [EntityKind.Customer] = [EntityKind.Contact, EntityKind.Company],
    };

    private readonly AccountStore _store = context.Store;

    public IEnumerable<EntityLink> Of(EntityKind kind, long id)
    {
        SimulatedEntity entity = _store.Find(kind, id)!;
        return
        [
            .. entity.LinkedContacts.Select((contact, index) => new EntityLink(EntityKind.Contact, contact) { IsMain = index == 0 }),
            .. entity.LinkedCompany is { } company ? [new EntityLink(EntityKind.Company, company)] : Array.Empty<EntityLink>(),
            .. kind is EntityKind.Contact or EntityKind.Company
                ? EntityKindNames.All.Where(by => by != EntityKind.Company)
                    .SelectMany(by => _store.Naming(entity, by).Select(other => new EntityLink(by, other.Id)))
                : [],
            .. entity.Elements.Select(link => new EntityLink(null, link.ElementId)
            {
                CatalogId = link.CatalogId,
                Quantity = link.Quantity,
                PriceId = link.PriceId,
            }),
        ];
    }

    public EntityLink? Read(ItemReader item, EntityKind from, bool unlink)
    {
        long? id = item.Number("to_entity_id");
        string? type = item.Text("to_entity_type");
        JsonObject metadata = item["metadata"] as JsonObject ?? [];
        if (id is null)
        {
            item.Missing("to_entity_id");
        }

        if (type is null)
        {
            item.Missing("to_entity_type");
        }

        if (id is not { } to || type is null)
        {
            return null;
        }

        if (type == "catalog_elements")
        {
            return ReadElement(item, to, metadata, unlink);
        }

        if (EntityKindNames.FromPlural(type) is not { } kind || !Allowed[from].Contains(kind))
        {
            item.NotAChoice("to_entity_type");
            return null;
        }

        if (!unlink && !_store.Exists(kind, to))
        {
            item.NotAChoice("to_entity_id");
        }

        return new EntityLink(kind, to) { IsMain = metadata.Flag("is_main") || metadata.Flag("main_contact") };
    }

    public void Apply(EntityKind kind, long id, EntityLink link, bool unlink, Actor actor)
    {
        if (link.ToKind is not { } to)
        {
            SimulatedEntity entity = _store.Find(kind, id)!;
            IEnumerable<SimulatedElementLink> others =
                entity.Elements.Where(known => (known.CatalogId, known.ElementId) != (link.CatalogId, link.ToId));
            context.Entities.Update(entity with
            {
                UpdatedBy = actor.UserId,
                Elements = unlink ? [.. others] : [.. others, new SimulatedElementLink(link.CatalogId!.Value, link.ToId, link.Quantity, link.PriceId)],
            }, actor);
            return;
        }

        // The side that names the other is the one that changes.
        bool turned = to is EntityKind.Lead or EntityKind.Customer || (kind == EntityKind.Company && to == EntityKind.Contact);
        (EntityKind naming, long namingId, EntityKind named, long namedId) = turned ? (to, link.ToId, kind, id) : (kind, id, to, link.ToId);
        if (_store.Find(naming, namingId) is { } changing)
        {
            SimulatedEntity after = named == EntityKind.Company
                ? WithCompany(changing, namedId, unlink)
                : WithContacts(changing, Contacts(changing.LinkedContacts, namedId, link.IsMain, unlink));
            if (after != changing)
            {
                context.Entities.Update(after with { UpdatedBy = actor.UserId }, actor);
            }
        }
    }

    private EntityLink ReadElement(ItemReader item, long to, JsonObject metadata, bool unlink)
    {
        JsonObject? element = CatalogTables.Elements(_store).Find(to);
        long catalog = metadata.LongOrNone("catalog_id") ?? 0;
        if (!metadata.ContainsKey("catalog_id"))
        {
            item.Missing("metadata.catalog_id");
        }
        else if (!unlink && element?.Long("catalog_id") != catalog)
        {
            item.NotAChoice("to_entity_id");
        }

        JsonNode? quantity = metadata["quantity"];
        if (quantity is not null && quantity.GetValueKind() != JsonValueKind.Number)
        {
            item.Fail("InvalidType", "metadata.quantity", "This value should be of type float.");
            quantity = null;
        }

        return new EntityLink(null, to)
        {
            CatalogId = catalog,
            Quantity = quantity is JsonValue number && number.TryGetValue(out double many) ? many : 1,
            PriceId = metadata.LongOrNone("price_id"),
        };
    }

    private static IReadOnlyList<long> Contacts(IReadOnlyList<long> before, long id, bool isMain, bool unlink)
    {
        IEnumerable<long> others = before.Where(contact => contact != id);
        return unlink ? [.. others] : isMain ? [id, .. others] : before.Contains(id) ? before : [.. before, id];
    }

    private static SimulatedEntity WithContacts(SimulatedEntity entity, IReadOnlyList<long> contacts) => entity switch
    {
        _ when contacts.SequenceEqual(entity.LinkedContacts) => entity,
        SimulatedLead lead => lead with { ContactIds = contacts },
        SimulatedCustomer customer => customer with { ContactIds = contacts },
        _ => entity,
    };

    private static SimulatedEntity WithCompany(SimulatedEntity entity, long companyId, bool unlink)
    {
        long? company = !unlink ? companyId : entity.LinkedCompany == companyId ? null : entity.LinkedCompany;
        return entity switch
        {
            SimulatedLead lead => lead with { CompanyId = company },
            SimulatedContact contact => contact with { CompanyId = company },
            SimulatedCustomer customer => customer with { CompanyId = company },
            _ => entity,
        };
    }
}
