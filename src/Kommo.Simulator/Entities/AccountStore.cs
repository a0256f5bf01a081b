using Kommo.Simulator.Accounts;

namespace Kommo.Simulator.Entities;

/// <summary>
/// What the account holds. Rows are immutable records, replaced under <see cref="Gate"/>, so a reader may keep what it was given.
/// </summary>
internal sealed class AccountStore(KommoSimulatorOptions options)
{
    private readonly AttachmentIndex _tasksOf = new();
    private readonly AttachmentIndex _notesOf = new();
    private IdCounters _counters = new();

    /// <summary>Held over every read of more than one row and over every write with the hooks that it causes.</summary>
    public Lock Gate { get; } = new();

    public EntityTable<SimulatedLead> Leads { get; } = new(lead => lead.Id);

    public EntityTable<SimulatedContact> Contacts { get; } = new(contact => contact.Id);

    public EntityTable<SimulatedCompany> Companies { get; } = new(company => company.Id);

    public EntityTable<SimulatedTask> Tasks { get; } = new(task => task.Id);

    public EntityTable<SimulatedNote> Notes { get; } = new(note => note.Id);

    public Dictionary<EntityKind, Dictionary<string, SimulatedTag>> Tags { get; } = new()
    {
        [EntityKind.Lead] = [],
        [EntityKind.Contact] = [],
        [EntityKind.Company] = [],
    };

    public KommoSimulatorOptions Options => options;

    /// <summary>The account's clock, unix seconds.</summary>
    public long Now => options.TimeProvider.GetUtcNow().ToUnixTimeSeconds();

    public long NextId(EntityKind kind)
    {
        _counters = kind == EntityKind.Lead
            ? _counters with { Lead = _counters.Lead + 1 }
            : _counters with { Person = _counters.Person + 1 };
        return kind == EntityKind.Lead ? _counters.Lead : _counters.Person;
    }

    public long NextTaskId() => (_counters = _counters with { Task = _counters.Task + 1 }).Task;

    public long NextNoteId() => (_counters = _counters with { Note = _counters.Note + 1 }).Note;

    public long NextTagId() => (_counters = _counters with { Tag = _counters.Tag + 1 }).Tag;

    public SimulatedEntity? Find(EntityKind kind, long id) => kind switch
    {
        EntityKind.Lead => Leads.Find(id),
        EntityKind.Contact => Contacts.Find(id),
        _ => Companies.Find(id),
    };

    /// <summary>Whether there is such an entity outside the bin.</summary>
    public bool Exists(EntityKind kind, long id) => Find(kind, id) is { IsDeleted: false };

    public void Put(SimulatedEntity entity)
    {
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

    public IEnumerable<SimulatedLead> LeadsOf(SimulatedEntity person) => Leads.All.Where(lead => !lead.IsDeleted &&
        (person.Kind == EntityKind.Contact ? lead.ContactIds.Contains(person.Id) : lead.CompanyId == person.Id));

    public IEnumerable<SimulatedContact> ContactsOf(SimulatedCompany company) =>
        Contacts.All.Where(contact => !contact.IsDeleted && contact.CompanyId == company.Id);

    public EntityState Export() => new()
    {
        Leads = [.. Leads.All],
        Contacts = [.. Contacts.All],
        Companies = [.. Companies.All],
        Tasks = [.. Tasks.All],
        Notes = [.. Notes.All],
        LeadTags = [.. Tags[EntityKind.Lead].Values],
        ContactTags = [.. Tags[EntityKind.Contact].Values],
        CompanyTags = [.. Tags[EntityKind.Company].Values],
        Counters = _counters,
    };

    public void Import(EntityState state)
    {
        Leads.Load(state.Leads);
        Contacts.Load(state.Contacts);
        Companies.Load(state.Companies);
        foreach (SimulatedTask task in state.Tasks)
        {
            Put(task);
        }

        foreach (SimulatedNote note in state.Notes)
        {
            Put(note);
        }

        Tags[EntityKind.Lead] = state.LeadTags.ToDictionary(tag => tag.Name);
        Tags[EntityKind.Contact] = state.ContactTags.ToDictionary(tag => tag.Name);
        Tags[EntityKind.Company] = state.CompanyTags.ToDictionary(tag => tag.Name);
        _counters = state.Counters;
    }
}
