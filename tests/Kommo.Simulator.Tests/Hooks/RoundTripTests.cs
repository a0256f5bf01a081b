using System.Text;
using CsCheck;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Entities;
using Kommo.Simulator.Hooks;
using Kommo.Webhooks;

namespace Kommo.Simulator.Tests.Hooks;

/// <summary>What the simulator writes is what the parser reads, for every kind of hook that it can write.</summary>
public sealed class RoundTripTests
{
    private const int Rounds = 400;

    private static readonly KommoSimulatorOptions Options = new()
    {
        TimeZone = TimeZoneInfo.CreateCustomTimeZone("Test", TimeSpan.FromHours(-5), "Test", "Test"),
    };

    [Theory]
    [InlineData("add", typeof(LeadAdded))]
    [InlineData("update", typeof(LeadUpdated))]
    [InlineData("restore", typeof(LeadRestored))]
    [InlineData("status", typeof(LeadStatusChanged))]
    [InlineData("responsible", typeof(LeadResponsibleChanged))]
    public void A_lead(string action, Type type) => Gen.Select(Generated.Lead, Generated.Lead, Generated.Actor).Sample((before, lead, actor) =>
    {
        var told = Read<LeadEvent>(body => EntityHooks.Write(body, action, before, lead, actor, new AccountStore(Options)));

        Assert.IsType(type, told);
        Assert.Equal((lead.StatusId, lead.PipelineId, (decimal)lead.Price), (told.StatusId, told.PipelineId, told.Price));
        Assert.Equal(action == "status" ? before.StatusId : null, told.OldStatusId);
        Assert.Equal(action == "status" && before.PipelineId != lead.PipelineId ? before.PipelineId : null, told.OldPipelineId);
        Assert.Equal(action == "responsible" ? before.ResponsibleUserId : null, told.OldResponsibleUserId);
        Assert.False(told.IsFromDigitalPipeline);
        AssertCommon(lead, actor, told);
    }, iter: Rounds);

    [Fact]
    public void A_deleted_lead() => Gen.Select(Generated.Lead, Generated.Actor).Sample((lead, actor) =>
    {
        var told = Read<LeadDeleted>(body => EntityHooks.Write(body, "delete", lead, lead, actor, new AccountStore(Options)));

        Assert.Equal((lead.Id, lead.StatusId, lead.PipelineId), (told.EntityId, told.StatusId, told.PipelineId));
    }, iter: Rounds);

    [Theory]
    [InlineData("add", typeof(ContactAdded))]
    [InlineData("restore", typeof(ContactRestored))]
    public void A_contact(string action, Type type) => Gen.Select(Generated.Contact, Generated.Company, Generated.Lead, Generated.Actor)
        .Sample((contact, company, lead, actor) =>
        {
            var store = new AccountStore(Options);
            store.Put(company with { Id = contact.CompanyId!.Value });
            store.Put(lead with { ContactIds = [contact.Id] });

            var told = Read<ContactEvent>(body => EntityHooks.Write(body, action, contact, contact, actor, store));

            Assert.IsType(type, told);
            Assert.Equal((contact.CompanyId, company.Name), (told.LinkedCompanyId, told.CompanyName));
            Assert.Equal([lead.Id], told.LinkedLeadIds);
            AssertCommon(contact, actor, told);
        }, iter: Rounds);

    [Theory]
    [InlineData("add", typeof(CompanyAdded))]
    [InlineData("restore", typeof(CompanyRestored))]
    public void A_company(string action, Type type) => Gen.Select(Generated.Company, Generated.Actor).Sample((company, actor) =>
    {
        var told = Read<CompanyEvent>(body => EntityHooks.Write(body, action, company, company, actor, new AccountStore(Options)));

        Assert.IsType(type, told);
        AssertCommon(company, actor, told);
    }, iter: Rounds);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_changed_contact_and_a_changed_company(bool newOwner) => Gen.Select(Generated.Contact, Generated.Company, Generated.Actor)
        .Sample((contact, company, actor) =>
        {
            var store = new AccountStore(Options);
            var (oldContact, oldCompany) = (contact with { ResponsibleUserId = 7 }, company with { ResponsibleUserId = 7 });
            var now = newOwner ? 8 : 7;

            var aContact = Read<ContactUpdated>(body => EntityHooks.Write(body, "update", oldContact, contact with { ResponsibleUserId = now }, actor, store));
            var aCompany = Read<CompanyUpdated>(body => EntityHooks.Write(body, "update", oldCompany, company with { ResponsibleUserId = now }, actor, store));

            Assert.Equal((newOwner, newOwner), (aContact is ContactResponsibleChanged, aCompany is CompanyResponsibleChanged));
            Assert.Equal((7, newOwner), (aContact.OldResponsibleUserId, aContact.ResponsibleChanged));
            AssertCommon(contact with { ResponsibleUserId = now }, actor, aContact);
            AssertCommon(company with { ResponsibleUserId = now }, actor, aCompany);
        }, iter: Rounds);

    [Fact]
    public void A_deleted_contact_and_a_deleted_company() => Gen.Select(Generated.Contact, Generated.Company, Generated.Actor)
        .Sample((contact, company, actor) =>
        {
            var store = new AccountStore(Options);

            Assert.Equal(contact.Id, Read<ContactDeleted>(body => EntityHooks.Write(body, "delete", contact, contact, actor, store)).EntityId);
            Assert.Equal(company.Id, Read<CompanyDeleted>(body => EntityHooks.Write(body, "delete", company, company, actor, store)).EntityId);
        }, iter: Rounds);

    [Theory]
    [InlineData("add", typeof(TaskAdded))]
    [InlineData("responsible", typeof(TaskResponsibleChanged))]
    public void A_task(string action, Type type) => Gen.Select(Generated.Task, Generated.Actor).Sample((task, actor) =>
    {
        var before = action == "add" ? null : task with { ResponsibleUserId = 7 };

        var told = Read<TaskEvent>(body => TaskHooks.Write(body, action, before, task, actor, Options));

        Assert.IsType(type, told);
        Assert.Equal(before?.ResponsibleUserId, told.OldResponsibleUserId);
        AssertTask(task, told);
    }, iter: Rounds);

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, true, true)]
    [InlineData(true, true, false)]
    public void A_changed_task_is_a_completed_one_when_this_change_closed_it(bool wasCompleted, bool isCompleted, bool isClosed) =>
        Gen.Select(Generated.Task, Generated.Task, Generated.Actor).Sample((before, task, actor) =>
        {
            before = before with { IsCompleted = wasCompleted };
            task = task with { IsCompleted = isCompleted };

            var told = Read<TaskUpdated>(body => TaskHooks.Write(body, "update", before, task, actor, Options));

            Assert.Equal((isClosed, isClosed), (told is TaskCompleted, told.ClosedByThisChange));
            Assert.Equal((before.Text, task.ResultText, actor.HookUserId), (told.OldText, told.ResultText, told.ModifiedUserId));
            AssertTask(task, told);
        }, iter: Rounds);

    [Fact]
    public void A_deleted_task() => Gen.Select(Generated.Task, Generated.Actor).Sample(
        (task, actor) => Assert.Equal(task.Id, Read<TaskDeleted>(body => TaskHooks.Write(body, "delete", task, task, actor, Options)).EntityId),
        iter: Rounds);

    [Fact]
    public void A_note() => Gen.Select(Generated.Note, Generated.Actor).Sample((note, actor) =>
    {
        var told = Read<WebhookEvent>(body => NoteHooks.Write(body, note, actor, Options));
        var (type, kind, read) = told switch
        {
            LeadNoteAdded lead => (EntityKind.Lead, EntityType.Leads, lead.Note),
            ContactNoteAdded contact => (EntityKind.Contact, EntityType.Contacts, contact.Note),
            CompanyNoteAdded company => (EntityKind.Company, EntityType.Companies, company.Note),
            _ => throw new InvalidOperationException($"A note came as {told.GetType().Name}."),
        };

        Assert.Equal((note.EntityKind, kind), (type, read.ElementType));
        Assert.Equal((note.EntityId, note.EntityId, note.Id), (told.EntityId, read.ElementId, read.Id));
        Assert.Equal(note.NoteType == "common" ? note.Text : note.Params.GetRawText(), read.Text);
        Assert.Equal(note.NoteType == "attachment" ? note.Text : "", read.Attachment);
        Assert.Equal((note.CreatedBy, actor.HookUserId, note.ResponsibleUserId), (read.CreatedBy, read.ModifiedBy, read.ResponsibleUserId));
        Assert.Equal((Time(note.CreatedAt), Time(note.UpdatedAt)), (read.CreatedAt, read.UpdatedAt));
        Assert.Equal((note.CreatedBy, "Alex Admin"), (read.Source?.UserId, read.Source?.AuthorName));
    }, iter: Rounds);

    [Fact]
    public void Local_texts_alone_tell_the_same_instants() => Gen.Select(Generated.Task, Generated.Actor).Sample((task, actor) =>
    {
        var written = Read<TaskAdded>(body => TaskHooks.Write(body, "add", null, task, actor, Options));

        Assert.Equal(Time(task.CreatedAt), written.Fields.GetTime("date_create"));
        Assert.Equal(Time(task.CompleteTill), written.Fields.GetTime("complete_till"));
    }, iter: Rounds);

    private static void AssertCommon(SimulatedEntity entity, Actor actor, EntityEvent told)
    {
        Assert.Equal((entity.Id, entity.Name, Options.AccountId), (told.EntityId, told.Name, told.AccountId));
        Assert.Equal((entity.ResponsibleUserId, entity.CreatedBy, actor.HookUserId), (told.ResponsibleUserId, told.CreatedUserId, told.ModifiedUserId));
        Assert.Equal((Time(entity.CreatedAt), Time(entity.UpdatedAt)), (told.CreatedAt, told.UpdatedAt));
        Assert.Equal(told.UpdatedAt, told.OccurredAt);
        Assert.Equal(entity.Tags.Select(tag => (tag.Id, tag.Name)), told.Tags.Select(tag => (tag.Id!.Value, tag.Name!)));
        Assert.Equal(entity.Fields.Select(field => Text(field, entity.Kind)), told.CustomFields.Select(Text));
        Assert.All(entity.Fields, field => Assert.NotNull(told.CustomFields.Find(field.FieldId)));
    }

    private static void AssertTask(SimulatedTask task, TaskEvent told)
    {
        Assert.Equal((task.Id, task.Text, task.TaskTypeId, task.IsCompleted), (told.EntityId, told.Text, told.TaskTypeId, told.IsCompleted));
        Assert.Equal((task.EntityId, EntityType.Parse(task.EntityKind!.Value.Plural())), (told.ElementId, told.ElementType));
        Assert.Equal((task.ResponsibleUserId, task.CreatedBy), (told.ResponsibleUserId, told.CreatedUserId));
        Assert.Equal((Time(task.CreatedAt), Time(task.UpdatedAt), Time(task.CompleteTill)), (told.CreatedAt, told.UpdatedAt, told.CompleteTill));
    }

    private static string Text(SimulatedFieldValue field, EntityKind kind)
    {
        var definition = AccountCatalog.FindField(kind, field.FieldId)!;
        return $"{field.FieldId} {definition.Code} {definition.Name} {string.Join('|', field.Values.Select(value => $"{value.Value} {value.EnumId}"))}";
    }

    private static string Text(WebhookCustomField field) =>
        $"{field.Id} {field.Code} {field.Name} {string.Join('|', field.Values.Select(value => $"{value.Value} {value.EnumId}"))}";

    private static DateTimeOffset? Time(long unixSeconds) => DateTimeOffset.FromUnixTimeSeconds(unixSeconds);

    private static T Read<T>(Action<FormBody> write)
        where T : WebhookEvent
    {
        var body = new FormBody();
        body.At("account").Add("subdomain", Options.Subdomain).Add("id", Options.AccountId);
        write(body);
        var hook = WebhookParser.Parse(Encoding.UTF8.GetBytes(body.ToString()), Options.TimeZone);
        Assert.Equal((Options.AccountId, Options.Subdomain), (hook.Account.Id, hook.Account.Subdomain));
        return Assert.IsAssignableFrom<T>(Assert.Single(hook.Events));
    }
}
