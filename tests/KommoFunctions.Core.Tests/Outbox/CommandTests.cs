using System.Text.Json.Nodes;
using System.Xml.Linq;
using Kommo;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Handling;
using KommoFunctions.Outbox;

namespace KommoFunctions.Core.Tests.Outbox;

/// <summary>What must hold of every command.</summary>
public sealed class CommandTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    private static readonly KommoCommand[] Examples =
    [
        new CreateLead(new NewLead { Name = "a", Price = 1, CustomFields = [CustomFieldValues.For(1, "x")], TagsToAdd = [new Tag { Name = "t" }], CreatedAt = At }),
        new CreateLeadComplete(new NewComplexLead
        {
            Name = "a",
            Contact = new ComplexContact { Name = "b", CustomFields = [CustomFieldValues.Phone("+1555")] },
            Company = new NewCompany { Name = "c" },
            Tags = [new Tag { Name = "t" }],
            Metadata = new ComplexLeadMetadata { Category = "forms", FormSentAt = At },
        }),
        new UpdateLead(new LeadUpdate { Id = 1, Price = null, LossReasonId = 5, ClosedAt = At, CustomFields = [CustomFieldValues.Clear("PHONE")] }),
        new CreateContact(new NewContact { Name = "a", CustomFields = [CustomFieldValues.Email("a@example.com")] }),
        new UpdateContact(new ContactUpdate { Id = 1, FirstName = null, LastName = "b" }),
        new CreateCompany(new NewCompany { Name = "a" }),
        new UpdateCompany(new CompanyUpdate { Id = 1, ResponsibleUserId = 5 }),
        new CreateCustomer(new NewCustomer { Name = "a", NextDate = At }),
        new UpdateCustomer(new CustomerUpdate { Id = 1, NextPrice = 5, NextDate = null }),
        new CreateTask(new NewTask { Text = "a", CompleteTill = At, EntityId = 1, EntityType = EntityType.Leads, Duration = TimeSpan.FromMinutes(5) }),
        new UpdateTask(new TaskUpdate { Id = 1, EntityId = 2, EntityType = EntityType.Contacts, Duration = null }),
        new CompleteTask(1, "done"),
        new AddNote(EntityType.Contacts, NewNote.SmsIn(1, "a", "+1555")),
        new UpdateNote(EntityType.Leads, new NoteUpdate { Id = 1, NoteType = "common", Params = new NoteParams { Text = "a" } }),
        new AddTags(EntityType.Companies, 1, "a", "b"),
        new RemoveTags(EntityType.Customers, 1, "a"),
        new LinkEntities(EntityType.Leads, 1, Link.ToCatalogElement(2, 3, 4.5m)),
        new UnlinkEntities(EntityType.Contacts, 1, Link.ToCompany(2)),
        new LogCall(new NewCall { Direction = CallDirection.Outbound, Phone = "+1555", Duration = TimeSpan.FromSeconds(5), Source = "a", CallStatus = CallStatus.Talked, CallResponsible = "5" }),
        new RunBot(1, EntityType.Contacts, 2),
        new StopBot(1, 2),
        new CreateCatalogElement(1, new NewCatalogElement { Name = "a" }),
        new UpdateCatalogElement(1, new CatalogElementUpdate { Id = 2, Name = "b" }),
    ];

    private static readonly KommoCommand[] Wrong =
    [
        new CreateLead(null!),
        new CreateLeadComplete(new NewComplexLead { CustomFields = [.. Enumerable.Range(1, 41).Select(id => CustomFieldValues.Clear(id))] }),
        new UpdateLead(new LeadUpdate { Id = 0 }),
        new UpdateContact(new ContactUpdate { Id = -1 }),
        new CreateTask(new NewTask { Text = " ", CompleteTill = At }),
        new CreateTask(new NewTask { Text = "a", CompleteTill = At, EntityId = 1 }),
        new CreateTask(new NewTask { Text = "a", CompleteTill = At, EntityId = 1, EntityType = EntityType.Tasks }),
        new CompleteTask(1, ""),
        new AddNote(EntityType.Tasks, NewNote.Common(1, "a")),
        new AddNote(EntityType.Leads, NewNote.Common(0, "a")),
        new UpdateNote(default, new NoteUpdate { Id = 1 }),
        new AddTags(EntityType.CatalogElements, 1, "a"),
        new AddTags(EntityType.Leads, 1),
        new RemoveTags(EntityType.Leads, 1, "a", ""),
        new LinkEntities(EntityType.Leads, 1, Link.ToCustomer(2)),
        new LinkEntities(EntityType.Leads, 0, Link.ToContact(2)),
        new LinkEntities(EntityType.Leads, 1, new Link { ToEntityId = 2, ToEntityType = EntityType.CatalogElements }),
        new LogCall(new NewCall { Direction = CallDirection.Inbound, Phone = "", Duration = TimeSpan.Zero, Source = "a" }),
        new RunBot(1, EntityType.Companies, 2),
        new StopBot(0, 2),
        new CreateCatalogElement(0, new NewCatalogElement { Name = "a" }),
        new UpdateCatalogElement(1, new CatalogElementUpdate { Id = 0 }),
    ];

    private readonly Lanes _lanes = new();

    public static TheoryData<Type> Types { get; } = [.. typeof(KommoCommand).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(KommoCommand)))];

    public static TheoryData<int> WrongOnes { get; } = [.. Enumerable.Range(0, Wrong.Length)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_command_has_a_lane_and_survives_being_stored(Type type)
    {
        var command = Assert.Single(Examples, example => example.GetType() == type);
        command.Require();
        var lane = _lanes[command.Lane];

        var stored = lane.Write(command);

        Assert.Equal(command.Lane, lane.Name);
        var again = lane.Write(new Stored(command.Lane, Read(lane, stored)));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(stored), JsonNode.Parse(again)), $"{stored} became {again}");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_command_is_public_sealed_documented_and_shown_in_use(Type type)
    {
        var documentation = XDocument.Load(Path.ChangeExtension(typeof(KommoCommand).Assembly.Location, ".xml"))
            .Descendants("member").Single(member => member.Attribute("name")!.Value == "T:" + type.FullName);

        Assert.True(type.IsPublic && type.IsSealed);
        Assert.NotEmpty(documentation.Element("summary")!.Value.Trim());
        Assert.Contains($"context.Send(new {type.Name}(", documentation.Element("example")!.Value, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WrongOnes))]
    public void A_command_that_kommo_could_never_carry_out_is_refused_when_it_is_sent(int index)
    {
        using var http = new HttpClient { BaseAddress = new Uri("https://example.kommo.com/") };
        var context = new EventContext("event", 1, At, new KommoClient(http));

        Assert.ThrowsAny<ArgumentException>(() => context.Send(Wrong[index]));
        Assert.Empty(context.Commands);
    }

    /// <summary>What a lane reads when it sends.</summary>
    private static object Read(ILane lane, string json)
    {
        var read = lane.GetType().GetMethod("Read", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!;
        return read.Invoke(lane, [new PendingCommand("0001", json, At)])!;
    }

    private sealed record Stored(string Name, object Content) : KommoCommand
    {
        internal override string Lane => Name;

        internal override object Item => Content;

        internal override void Require()
        {
        }
    }
}
