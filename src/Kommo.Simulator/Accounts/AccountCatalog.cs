namespace Kommo.Simulator.Accounts;

/// <summary>The fixed furniture of the simulated account: users, pipelines, task types and custom fields.</summary>
internal static class AccountCatalog
{
    public const long Admin = 8000001;
    public const long MainPipeline = 5000001;
    public const long Won = 142;
    public const long Lost = 143;

    /// <summary>The account's id in the chats.</summary>
    public const string AmojoId = "00000000-0000-4000-8000-000000000a01";

    public static IReadOnlyList<AccountUser> Users { get; } =
    [
        new(Admin, "Alex Admin", "admin@example.com", IsAdmin: true),
        new(8000002, "Sam Seller", "sam@example.com", IsAdmin: false),
        new(8000003, "Robin Support", "robin@example.com", IsAdmin: false),
    ];

    public static IReadOnlyList<Pipeline> Pipelines { get; } =
    [
        NewPipeline(MainPipeline, "Sales", 1, isMain: true, 50000010, "Initial contact", "Discussions", "Decision making"),
        NewPipeline(5000002, "Partners", 2, isMain: false, 50000020, "First talk", "Contract"),
    ];

    public static IReadOnlyList<(long Id, string Name)> TaskTypes { get; } = [(1, "Follow-up"), (2, "Meeting"), (3, "Send documents")];

    public static IReadOnlyList<CustomField> Fields { get; } =
    [
        new(EntityKind.Lead, 700001, "External id", null, "text"),
        new(EntityKind.Lead, 700002, "Seats", null, "numeric"),
        new(EntityKind.Lead, 700003, "Trial", null, "checkbox"),
        new(EntityKind.Lead, 700004, "Plan", null, "select", [new(7000041, "Basic"), new(7000042, "Pro"), new(7000043, "Enterprise")]),
        new(EntityKind.Lead, 700005, "Starts on", null, "date"),
        new(EntityKind.Lead, 700006, "Topics", null, "multiselect", [new(7000061, "Azure"), new(7000062, "Kommo")]),
        new(EntityKind.Lead, 700007, "utm_source", "UTM_SOURCE", "tracking_data"),
        new(EntityKind.Contact, 710001, "Position", "POSITION", "text"),
        new(EntityKind.Contact, 710002, "Phone", "PHONE", "multitext", Phones(7100020)),
        new(EntityKind.Contact, 710003, "Email", "EMAIL", "multitext", Emails(7100030)),
        new(EntityKind.Contact, 710004, "Birthday", null, "birthday"),
        new(EntityKind.Company, 720001, "Phone", "PHONE", "multitext", Phones(7200010)),
        new(EntityKind.Company, 720002, "Email", "EMAIL", "multitext", Emails(7200020)),
        new(EntityKind.Company, 720003, "Web", "WEB", "url"),
        new(EntityKind.Company, 720004, "Address", "ADDRESS", "textarea"),
    ];

    /// <summary>A user's id in the chats.</summary>
    public static string AmojoUser(long id) => $"00000000-0000-4000-9000-0000{id:x8}";

    public static AccountUser? FindUser(long id) => Users.FirstOrDefault(user => user.Id == id);

    public static Pipeline? FindPipeline(long id) => Pipelines.FirstOrDefault(pipeline => pipeline.Id == id);

    public static CustomField? FindField(EntityKind kind, long id) =>
        Fields.FirstOrDefault(field => field.Kind == kind && field.Id == id);

    public static CustomField? FindField(EntityKind kind, string code) =>
        Fields.FirstOrDefault(field => field.Kind == kind && field.Code == code);

    private static Pipeline NewPipeline(long id, string name, long sort, bool isMain, long firstStatus, params string[] stages)
    {
        string[] colours = ["#99ccff", "#fffeb2", "#ffeab2"];
        List<PipelineStatus> statuses = [new(firstStatus, "Incoming leads", 10, "#c1c1c1", IsEditable: false, Type: 1)];
        statuses.AddRange(stages.Select((stage, index) =>
            new PipelineStatus(firstStatus + 1 + index, stage, 20 + (10 * index), colours[index], IsEditable: true, Type: 0)));
        statuses.Add(new(Won, "Closed - won", 10000, "#CCFF66", IsEditable: false, Type: 0));
        statuses.Add(new(Lost, "Closed - lost", 11000, "#D5D8DB", IsEditable: false, Type: 0));
        return new Pipeline(id, name, sort, isMain, statuses);
    }

    private static IReadOnlyList<FieldOption> Phones(long first) => Options(first, "WORK", "WORKDD", "MOB", "FAX", "HOME", "OTHER");

    private static IReadOnlyList<FieldOption> Emails(long first) => Options(first, "WORK", "PRIV", "OTHER");

    private static IReadOnlyList<FieldOption> Options(long first, params string[] codes) =>
        [.. codes.Select((code, index) => new FieldOption(first + index, code, code))];
}
