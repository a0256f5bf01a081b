using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Events;
using Kommo.Simulator.Fields;

namespace Kommo.Simulator.Entities;

/// <summary>
/// What the account holds. Rows are immutable records, replaced under <see cref="Gate"/>, so a reader may keep what it was given.
/// </summary>
internal sealed class AccountStore
{
    private readonly AttachmentIndex _tasksOf = new();
    private readonly AttachmentIndex _notesOf = new();
    private readonly LinkIndex _links = new();
    private IdCounters _counters = new();

    public AccountStore(KommoSimulatorOptions options)
    {
        Options = options;
        Fields = new FieldCatalog(Documents, options);
        Events = new EventLog(options);
        Users = Documents.Table("users", 8_000_100, "id", [.. AccountCatalog.Users.Select(AccountSeeds.User)]);
        Settings = Documents.Table("settings", 0, "id", AccountSeeds.Settings());
        Pipelines.Load(AccountCatalog.Pipelines);
    }

    /// <summary>Held over every read of more than one row and over every write with the hooks that it causes.</summary>
    public Lock Gate { get; } = new();

    public EntityTable<SimulatedLead> Leads { get; } = new(lead => lead.Id, lead => lead.IsDeleted);

    public EntityTable<SimulatedContact> Contacts { get; } = new(contact => contact.Id, contact => contact.IsDeleted);

    public EntityTable<SimulatedCompany> Companies { get; } = new(company => company.Id, company => company.IsDeleted);

    public EntityTable<SimulatedCustomer> Customers { get; } = new(customer => customer.Id, customer => customer.IsDeleted);

    public EntityTable<SimulatedTask> Tasks { get; } = new(task => task.Id);

    public EntityTable<SimulatedNote> Notes { get; } = new(note => note.Id);

    public EntityTable<Pipeline> Pipelines { get; } = new(pipeline => pipeline.Id);

    public Dictionary<EntityKind, Dictionary<string, SimulatedTag>> Tags { get; } =
        EntityKindNames.All.ToDictionary(kind => kind, _ => new Dictionary<string, SimulatedTag>());

    /// <summary>Everything that is kept as the API shows it.</summary>
    public DocumentStore Documents { get; } = new();

    public FieldCatalog Fields { get; }

    public EventLog Events { get; }

    public DocumentTable Users { get; }

    /// <summary>One row, of what the account has switched on.</summary>
    public DocumentTable Settings { get; }

    public KommoSimulatorOptions Options { get; }

    /// <summary>The account's clock, unix seconds.</summary>
    public long Now => Options.TimeProvider.GetUtcNow().ToUnixTimeSeconds();

    public bool IsUser(long id) => Users.Find(id) is not null;

    public bool IsAdmin(long id) => Users.Find(id)?.Object("rights").Flag("is_admin") ?? false;

    public JsonNode? Setting(string name) => Settings.Find(1)![name];

    public void Set(string name, JsonNode? value) => Settings.Put(Settings.Find(1)!.With(name, value));

    public long NextId(EntityKind kind)
    {
        _counters = kind switch
        {
            EntityKind.Lead => _counters with { Lead = _counters.Lead + 1 },
            EntityKind.Customer => _counters with { Customer = _counters.Customer + 1 },
            _ => _counters with { Person = _counters.Person + 1 },
        };
        return kind switch
        {
            EntityKind.Lead => _counters.Lead,
            EntityKind.Customer => _counters.Customer,
            _ => _counters.Person,
        };
    }

    public long NextTaskId() => (_counters = _counters with { Task = _counters.Task + 1 }).Task;

    public long NextNoteId() => (_counters = _counters with { Note = _counters.Note + 1 }).Note;

    public long NextTagId() => (_counters = _counters with { Tag = _counters.Tag + 1 }).Tag;

    /// <summary>The next id of a pipeline or a stage.</summary>
    public long NextPipelineId() => (_counters = _counters with { Pipeline = _counters.Pipeline + 1 }).Pipeline;

    public SimulatedEntity? Find(EntityKind kind, long id) => kind switch
    {
        EntityKind.Lead => Leads.Find(id),
        EntityKind.Contact => Contacts.Find(id),
        EntityKind.Company => Companies.Find(id),
        _ => Customers.Find(id),
    };

    /// <summary>The entities of a kind by ascending id, either those in the bin or the others.</summary>
    public IReadOnlyList<SimulatedEntity> Of(EntityKind kind, bool inBin) => kind switch
    {
        EntityKind.Lead => inBin ? Leads.Bin : Leads.Live,
        EntityKind.Contact => inBin ? Contacts.Bin : Contacts.Live,
        EntityKind.Company => inBin ? Companies.Bin : Companies.Live,
        _ => inBin ? Customers.Bin : Customers.Live,
    };

    /// <summary>Whether there is such an entity outside the bin.</summary>
    public bool Exists(EntityKind kind, long id) => Find(kind, id) is { IsDeleted: false };

    public void Put(SimulatedEntity entity)
    {
        _links.Replace(Find(entity.Kind, entity.Id), entity);
        switch (entity)
        {
            case SimulatedLead lead:
                Leads.Put(lead);
                break;
            case SimulatedContact contact:
                Contacts.Put(contact);
                break;
            case SimulatedCompany company:
                Companies.Put(company);
                break;
            case SimulatedCustomer customer:
                Customers.Put(customer);
                break;
        }
    }

    public void Put(SimulatedTask task)
    {
        if (Tasks.Find(task.Id) is { } before)
        {
            _tasksOf.Remove(before.EntityKind, before.EntityId, before.Id);
        }

        Tasks.Put(task);
        _tasksOf.Add(task.EntityKind, task.EntityId, task.Id);
    }

    public void RemoveTask(SimulatedTask task)
    {
        Tasks.Remove(task.Id);
        _tasksOf.Remove(task.EntityKind, task.EntityId, task.Id);
    }

    public void Put(SimulatedNote note)
    {
        Notes.Put(note);
        _notesOf.Add(note.EntityKind, note.EntityId, note.Id);
    }

    public IEnumerable<SimulatedTask> TasksOf(EntityKind kind, long id) => _tasksOf.Of(kind, id).Select(task => Tasks.Find(task)!);

    public IEnumerable<SimulatedNote> NotesOf(EntityKind kind, long id) => _notesOf.Of(kind, id).Select(note => Notes.Find(note)!);

    /// <summary>The entities of a kind, outside the bin, that name the contact or company as theirs.</summary>
    public IEnumerable<SimulatedEntity> Naming(SimulatedEntity person, EntityKind by) =>
        _links.To(person, by).Select(id => Find(by, id)).OfType<SimulatedEntity>().Where(entity => !entity.IsDeleted);

    public IEnumerable<SimulatedLead> LeadsOf(SimulatedEntity person) => Naming(person, EntityKind.Lead).OfType<SimulatedLead>();

    public EntityState Export() => new()
    {
        Leads = [.. Leads.All],
        Contacts = [.. Contacts.All],
        Companies = [.. Companies.All],
        Customers = [.. Customers.All],
        Tasks = [.. Tasks.All],
        Notes = [.. Notes.All],
        Pipelines = [.. Pipelines.All],
        Events = [.. Events.All],
        LeadTags = [.. Tags[EntityKind.Lead].Values],
        ContactTags = [.. Tags[EntityKind.Contact].Values],
        CompanyTags = [.. Tags[EntityKind.Company].Values],
        CustomerTags = [.. Tags[EntityKind.Customer].Values],
        Counters = _counters,
    };

    public void Import(EntityState state)
    {
        IEnumerable<SimulatedEntity> entities = [.. state.Leads, .. state.Contacts, .. state.Companies, .. state.Customers];
        foreach (SimulatedEntity entity in entities)
        {
            Put(entity);
        }

        foreach (SimulatedTask task in state.Tasks)
        {
            Put(task);
        }

        foreach (SimulatedNote note in state.Notes)
        {
            Put(note);
        }

        if (state.Pipelines.Count > 0)
        {
            Pipelines.Load(state.Pipelines);
        }

        Events.Load(state.Events);
        Tags[EntityKind.Lead] = state.LeadTags.ToDictionary(tag => tag.Name);
        Tags[EntityKind.Contact] = state.ContactTags.ToDictionary(tag => tag.Name);
        Tags[EntityKind.Company] = state.CompanyTags.ToDictionary(tag => tag.Name);
        Tags[EntityKind.Customer] = state.CustomerTags.ToDictionary(tag => tag.Name);
        _counters = state.Counters;
    }
}
