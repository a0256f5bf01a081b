using Kommo;
using Kommo.Webhooks;
using KommoFunctions.Failures;
using KommoFunctions.OwnWrites;

namespace KommoFunctions.Outbox;

/// <summary>
/// All lanes by name. The names are stored: commands that wait would be lost under others. A list of the account has two lanes of its own, made when
/// they are asked for.
/// </summary>
internal sealed class Lanes
{
    private static readonly EntityType[] WithNotes = [EntityType.Leads, EntityType.Contacts, EntityType.Companies, EntityType.Customers];

    private readonly Dictionary<string, ILane> _byName;

    public Lanes()
    {
        ILane[] lanes =
        [
            new LeadCreationLane(),
            new ComplexLeadLane(),
            new ContactCreationLane(),
            new CompanyCreationLane(),
            new CustomerCreationLane(),
            new TaskLane(),
            Update<LeadUpdate>(
                EntityType.Leads,
                "leads",
                (kommo, updates, token) => kommo.Leads.UpdateInOneRequestAsync(updates, token),
                (kommo, ids, changed, token) => kommo.Leads.ListAsync(new LeadQuery { Ids = ids, UpdatedAt = changed }, token).Select(one => one.Id)),
            Update<ContactUpdate>(
                EntityType.Contacts,
                "contacts",
                (kommo, updates, token) => kommo.Contacts.UpdateInOneRequestAsync(updates, token),
                (kommo, ids, changed, token) => kommo.Contacts.ListAsync(new ContactQuery { Ids = ids, UpdatedAt = changed }, token).Select(one => one.Id)),
            Update<CompanyUpdate>(
                EntityType.Companies,
                "companies",
                (kommo, updates, token) => kommo.Companies.UpdateInOneRequestAsync(updates, token),
                (kommo, ids, changed, token) => kommo.Companies.ListAsync(new CompanyQuery { Ids = ids, UpdatedAt = changed }, token).Select(one => one.Id)),
            Update<CustomerUpdate>(
                EntityType.Customers,
                "customers",
                (kommo, updates, token) => kommo.Customers.UpdateInOneRequestAsync(updates, token),
                (kommo, ids, changed, token) => kommo.Customers.ListAsync(new CustomerQuery { Ids = ids, UpdatedAt = changed }, token).Select(one => one.Id)),
            Update<TaskUpdate>(
                EntityType.Tasks,
                "task",
                (kommo, updates, token) => kommo.Tasks.UpdateInOneRequestAsync(updates, token),
                (kommo, ids, changed, token) => kommo.Tasks.ListAsync(new TaskQuery { Ids = ids, UpdatedAt = changed }, token).Select(one => one.Id)),
            .. WithNotes.Select(entity => new NoteLane(entity)),
            .. WithNotes.Select(NoteUpdates),
            new LinkLane(),
            new CallLane(),
            new BotLane(),
        ];
        _byName = lanes.ToDictionary(lane => lane.Name);
    }

    /// <summary>The lanes that every account has.</summary>
    public IEnumerable<string> Names => _byName.Keys;

    /// <summary>Whether this version has the lane.</summary>
    public bool Has(string name) => _byName.ContainsKey(name) || CatalogLanes.Find(name) is not null;

    public ILane this[string name] => _byName.TryGetValue(name, out var lane) ? lane
        : CatalogLanes.Find(name) ?? throw new UnreadableMessageException($"There is no outbox lane '{name}'.");

    /// <summary>The lane that changes entities of this kind.</summary>
    public static string UpdateOf(EntityType entity) => $"{entity.Name}.update";

    /// <summary>The lane that changes notes on entities of this kind.</summary>
    public static string NoteUpdateOf(EntityType entity) => $"{entity.Name}.notes.update";

    /// <summary>The lanes whose commands may have caused the event, each with the trace that it has left then.</summary>
    public IReadOnlyList<(string Lane, WriteTrace Trace)> CausesOf(WebhookEvent e)
    {
        var causes = new List<(string, WriteTrace)>(2);
        var lanes = e is ListElementEvent { CatalogId: { } catalogId } ? CatalogLanes.Of(catalogId) : (IEnumerable<ILane>)_byName.Values;
        foreach (var lane in lanes)
        {
            if (lane.TraceOf(e) is { } trace)
            {
                causes.Add((lane.Name, trace));
            }
        }

        return causes;
    }

    private static UpdateLane<TUpdate> Update<TUpdate>(
        EntityType entity,
        string kind,
        Func<KommoClient, IReadOnlyList<TUpdate>, CancellationToken, Task<IReadOnlyList<UpdatedEntity>>> update,
        Func<KommoClient, IReadOnlyList<long>, TimeRange, CancellationToken, IAsyncEnumerable<long>> listChanged)
        where TUpdate : EntityUpdate =>
        new(UpdateOf(entity), kind, async (kommo, updates, token) => [.. (await update(kommo, updates, token)).Select(one => one.UpdatedAt)], listChanged);

    /// <summary>Kommo sends no events of changed notes, so no event is of this kind.</summary>
    private static UpdateLane<NoteUpdate> NoteUpdates(EntityType entity) => new(
        NoteUpdateOf(entity),
        "none",
        async (kommo, updates, token) => [.. (await kommo.NotesOn(entity).UpdateInOneRequestAsync(updates, token)).Select(one => one.UpdatedAt)]);
}
