using Kommo;
using KommoFunctions.Outbox;

namespace KommoFunctions.Core.Tests.Outbox;

/// <summary>The commands that change something, each on one of two entities: a text names the entity, a blank and what it is to be called.</summary>
internal static class UpdateCases
{
    public static Dictionary<string, Func<LaneCase>> All { get; } = new()
    {
        ["leads"] = () => Of(
            "PATCH /api/v4/leads",
            (id, name) => new UpdateLead(new LeadUpdate { Id = id, Name = name }),
            kommo => LaneCase.NamesAsync(kommo.Leads.ListAsync(), lead => lead.Id, lead => lead.Name),
            async kommo => (await kommo.Leads.CreateAsync([new NewLead { Name = "a" }, new NewLead { Name = "b" }])).Answers.Select(made => made.Id)),
        ["contacts"] = () => Of(
            "PATCH /api/v4/contacts",
            (id, name) => new UpdateContact(new ContactUpdate { Id = id, Name = name }),
            kommo => LaneCase.NamesAsync(kommo.Contacts.ListAsync(), contact => contact.Id, contact => contact.Name),
            async kommo => (await kommo.Contacts.CreateAsync([new NewContact { Name = "a" }, new NewContact { Name = "b" }])).Answers.Select(made => made.Id)),
        ["companies"] = () => Of(
            "PATCH /api/v4/companies",
            (id, name) => new UpdateCompany(new CompanyUpdate { Id = id, Name = name }),
            kommo => LaneCase.NamesAsync(kommo.Companies.ListAsync(), company => company.Id, company => company.Name),
            async kommo => (await kommo.Companies.CreateAsync([new NewCompany { Name = "a" }, new NewCompany { Name = "b" }])).Answers.Select(made => made.Id)),
        ["customers"] = () => Of(
            "PATCH /api/v4/customers",
            (id, name) => new UpdateCustomer(new CustomerUpdate { Id = id, Name = name }),
            kommo => LaneCase.NamesAsync(kommo.Customers.ListAsync(), customer => customer.Id, customer => customer.Name),
            async kommo => (await kommo.Customers.CreateAsync([new NewCustomer { Name = "a" }, new NewCustomer { Name = "b" }])).Answers.Select(made => made.Id)),
        ["tasks"] = () => Of(
            "PATCH /api/v4/tasks",
            (id, name) => new UpdateTask(new TaskUpdate { Id = id, Text = name }),
            kommo => LaneCase.NamesAsync(kommo.Tasks.ListAsync(), task => task.Id, task => task.Text),
            TasksAsync),
        ["completed tasks"] = () => Of(
            "PATCH /api/v4/tasks",
            (id, result) => new CompleteTask(id, result),
            kommo => LaneCase.NamesAsync(kommo.Tasks.ListAsync(), task => task.Id, task => task.IsCompleted == true ? task.Result?.Text : task.Text),
            TasksAsync),
        ["notes"] = () => Of(
            "PATCH /api/v4/leads/notes",
            (id, text) => new UpdateNote(EntityType.Leads, new NoteUpdate { Id = id, NoteType = NoteTypes.Common, Params = new NoteParams { Text = text } }),
            kommo => LaneCase.NamesAsync(kommo.Leads.Notes.ListAsync(), note => note.Id, note => note.Params?.Text),
            async kommo =>
            {
                var lead = (await kommo.Leads.CreateAsync(new NewLead { Name = "a" })).Id;
                return (await kommo.Leads.Notes.CreateAsync([NewNote.Common(lead, "a"), NewNote.Common(lead, "b")])).Answers.Select(made => made.Id);
            }),
    };

    private static LaneCase Of(
        string route, Func<long, string, KommoCommand> make, Func<KommoClient, Task<IReadOnlyList<string?>>> read, Func<KommoClient, Task<IEnumerable<long>>> prepare) =>
        new(
            route,
            (one, text) => make(one.Ids[text[0] - 'a'], text[2..]),
            _ => make(LaneCase.Nobody, "wrong"),
            (_, kommo) => read(kommo))
        {
            PrepareAsync = async (one, kommo) => one.Ids.AddRange(await prepare(kommo)),
        };

    private static async Task<IEnumerable<long>> TasksAsync(KommoClient kommo) => (await kommo.Tasks.CreateAsync(
        [new NewTask { Text = "a", CompleteTill = OutboxScenario.Due }, new NewTask { Text = "b", CompleteTill = OutboxScenario.Due }])).Answers.Select(made => made.Id);
}
