using Kommo;
using KommoFunctions.Outbox;

namespace KommoFunctions.Core.Tests.Outbox;

/// <summary>The commands that create something.</summary>
internal static class CreationCases
{
    private const string Phone = "+15551234567";

    public static Dictionary<string, Func<LaneCase>> All { get; } = new()
    {
        ["leads"] = () => new(
            "POST /api/v4/leads",
            (_, text) => new CreateLead(new NewLead { Name = text, Price = 5, TagsToAdd = [new Tag { Name = "VIP" }], CustomFields = [CustomFieldValues.For(700002, 12)] }),
            _ => new CreateLead(new NewLead { Name = "wrong", ResponsibleUserId = LaneCase.Nobody }),
            (_, kommo) => LaneCase.NamesAsync(kommo.Leads.ListAsync(), lead => lead.Id, lead => lead.Name)),
        ["complex leads"] = () => new(
            "POST /api/v4/leads/complex",
            (_, text) => new CreateLeadComplete(new NewComplexLead
            {
                Name = "Form",
                Contact = new ComplexContact { Name = text, CustomFields = [CustomFieldValues.Phone(Phone)] },
                Company = new NewCompany { Name = "Example" },
                Tags = [new Tag { Name = "form" }],
            }),
            _ => new CreateLeadComplete(new NewComplexLead { Name = "wrong", ResponsibleUserId = LaneCase.Nobody }),
            async (_, kommo) => await kommo.Leads.ListAsync().CountAsync() == await kommo.Companies.ListAsync().CountAsync()
                ? await LaneCase.NamesAsync(kommo.Contacts.ListAsync(), contact => contact.Id, contact => contact.Name)
                : ["as many companies as leads"]),
        ["contacts"] = () => new(
            "POST /api/v4/contacts",
            (_, text) => new CreateContact(new NewContact { Name = text, CustomFields = [CustomFieldValues.Phone(Phone), CustomFieldValues.Email("ann@example.com")] }),
            _ => new CreateContact(new NewContact { Name = "wrong", ResponsibleUserId = LaneCase.Nobody }),
            (_, kommo) => LaneCase.NamesAsync(kommo.Contacts.ListAsync(), contact => contact.Id, contact => contact.Name)),
        ["companies"] = () => new(
            "POST /api/v4/companies",
            (_, text) => new CreateCompany(new NewCompany { Name = text, CreatedAt = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000) }),
            _ => new CreateCompany(new NewCompany { Name = "wrong", ResponsibleUserId = LaneCase.Nobody }),
            (_, kommo) => LaneCase.NamesAsync(kommo.Companies.ListAsync(), company => company.Id, company => company.Name)),
        ["customers"] = () => new(
            "POST /api/v4/customers",
            (_, text) => new CreateCustomer(new NewCustomer { Name = text, NextPrice = 7 }),
            _ => new CreateCustomer(new NewCustomer { Name = "wrong", ResponsibleUserId = LaneCase.Nobody }),
            (_, kommo) => LaneCase.NamesAsync(kommo.Customers.ListAsync(), customer => customer.Id, customer => customer.Name)),
        ["tasks"] = () => new(
            "POST /api/v4/tasks",
            (_, text) => new CreateTask(new NewTask { Text = text, CompleteTill = OutboxScenario.Due }),
            _ => new CreateTask(new NewTask { Text = "wrong", CompleteTill = OutboxScenario.Due, ResponsibleUserId = LaneCase.Nobody }),
            (_, kommo) => LaneCase.NamesAsync(kommo.Tasks.ListAsync(), task => task.Id, task => task.Text)),
        ["notes"] = () => new(
            "POST /api/v4/contacts/notes",
            (one, text) => new AddNote(EntityType.Contacts, NewNote.Common(one.Ids[0], text) with { IsNeedToTriggerDigitalPipeline = false }),
            _ => new AddNote(EntityType.Contacts, NewNote.Common(LaneCase.Nobody, "wrong")),
            (_, kommo) => LaneCase.NamesAsync(kommo.Contacts.Notes.ListAsync(), note => note.Id, note => note.Params?.Text))
        {
            PrepareAsync = ContactAsync,
        },
        ["calls"] = () => new(
            "POST /api/v4/calls",
            (_, text) => new LogCall(Call(Phone, text)),
            _ => new LogCall(Call("+49 30 0000000", "wrong")),
            (_, kommo) => LaneCase.NamesAsync(kommo.Contacts.Notes.ListAsync(), note => note.Id, note => note.Params?.CallResult))
        {
            PrepareAsync = ContactAsync,
        },
        ["elements of a list"] = () => new(
            "POST /api/v4/catalogs/*",
            (one, text) => new CreateCatalogElement(one.Ids[0], new NewCatalogElement { Name = text }),
            one => new CreateCatalogElement(one.Ids[0], new NewCatalogElement { Name = "wrong", CustomFields = [CustomFieldValues.For(LaneCase.Nobody, "x")] }),
            (one, kommo) => LaneCase.NamesAsync(kommo.Catalogs.Elements(one.Ids[0]).ListAsync(), element => element.Id, element => element.Name))
        {
            PrepareAsync = async (one, kommo) => one.Ids.Add((await kommo.Catalogs.CreateAsync(new NewCatalog { Name = "Things" })).Id),
        },
    };

    private static NewCall Call(string phone, string text) => new()
    {
        Direction = CallDirection.Inbound,
        Phone = phone,
        Duration = TimeSpan.FromSeconds(30),
        Source = "Test",
        CallResult = text,
    };

    private static async Task ContactAsync(LaneCase one, KommoClient kommo) =>
        one.Ids.Add((await kommo.Contacts.CreateAsync(new NewContact { Name = "Ann", CustomFields = [CustomFieldValues.Phone(Phone)] })).Id);
}
