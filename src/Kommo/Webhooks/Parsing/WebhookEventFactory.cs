namespace Kommo.Webhooks;

/// <summary>
/// Finds the type of an event from its entity, its action and, where Kommo has no action of its own, its fields (Kommo: Webhooks, top-level
/// keys).
/// </summary>
internal static class WebhookEventFactory
{
    public static WebhookEvent Create(EventSource source) => source.Entity switch
    {
        "leads" => Lead(source),
        "contacts" => IsCompany(source.Fields) ? Company(source) : Contact(source),
        "companies" => Company(source),
        "customers" => Customer(source),
        "task" => Task(source),
        "tasks" => Task(source with { Entity = "task" }),
        "unsorted" => IncomingLead(source),
        "talk" => Talk(source),
        "message" or "outgoing_message" => Message(source),
        "catalogs" => ListElement(source),
        "notes" => Note(source),
        "" when source.Action == "add" => new ChatTemplateReviewAdded(source),
        _ => new UnknownEvent(source),
    };

    private static WebhookEvent Lead(EventSource source) => source.Action switch
    {
        "add" => new LeadAdded(source),
        "update" => new LeadUpdated(source),
        "delete" => new LeadDeleted(source),
        "restore" => new LeadRestored(source),
        "status" => new LeadStatusChanged(source),
        "responsible" => new LeadResponsibleChanged(source),
        "note" => new LeadNoteAdded(source),
        "call_in" => new LeadCallReceived(source),
        "chat" => new LeadChatReceived(source),
        "mail_in" => new LeadMailReceived(source),
        "site_visit" => new LeadSiteVisited(source),
        _ => new UnknownEvent(source),
    };

    private static WebhookEvent Contact(EventSource source) => source.Action switch
    {
        "add" => new ContactAdded(source),
        "update" => HasNewOwner(source.Fields) ? new ContactResponsibleChanged(source) : new ContactUpdated(source),
        "responsible" => new ContactResponsibleChanged(source),
        "delete" => new ContactDeleted(source),
        "restore" => new ContactRestored(source),
        "note" => new ContactNoteAdded(source),
        _ => new UnknownEvent(source),
    };

    private static WebhookEvent Company(EventSource source) => source.Action switch
    {
        "add" => new CompanyAdded(source),
        "update" => HasNewOwner(source.Fields) ? new CompanyResponsibleChanged(source) : new CompanyUpdated(source),
        "responsible" => new CompanyResponsibleChanged(source),
        "delete" => new CompanyDeleted(source),
        "restore" => new CompanyRestored(source),
        "note" => new CompanyNoteAdded(source),
        _ => new UnknownEvent(source),
    };

    private static WebhookEvent Customer(EventSource source) => source.Action switch
    {
        "add" => new CustomerAdded(source),
        "update" => new CustomerUpdated(source),
        "delete" => new CustomerDeleted(source),
        "responsible" => new CustomerResponsibleChanged(source),
        "period" => new CustomerPeriodChanged(source),
        "note" => new CustomerNoteAdded(source),
        _ => new UnknownEvent(source),
    };

    private static WebhookEvent Task(EventSource source) => source.Action switch
    {
        "add" => new TaskAdded(source),
        "update" => TaskUpdated.Closes(source.Action, source.Fields) ? new TaskCompleted(source) : new TaskUpdated(source),
        "complete" => new TaskCompleted(source),
        "delete" => new TaskDeleted(source),
        "responsible" => new TaskResponsibleChanged(source),
        _ => new UnknownEvent(source),
    };

    private static WebhookEvent IncomingLead(EventSource source) => source.Action switch
    {
        "add" => new IncomingLeadAdded(source),
        "update" => new IncomingLeadUpdated(source),
        "delete" when source.Fields.ValueEquals("action"u8, "accept"u8) => new IncomingLeadAccepted(source),
        "delete" when source.Fields.ValueEquals("action"u8, "decline"u8) => new IncomingLeadDeclined(source),
        "delete" => new IncomingLeadDeleted(source),
        _ => new UnknownEvent(source),
    };

    private static WebhookEvent Talk(EventSource source) => source.Action switch
    {
        "add" => new TalkAdded(source),
        "update" => new TalkUpdated(source),
        _ => new UnknownEvent(source),
    };

    private static WebhookEvent Message(EventSource source)
    {
        if (source.Action != "add")
        {
            return new UnknownEvent(source);
        }

        return source.Entity == "outgoing_message" || source.Fields.ValueEquals("type"u8, "outgoing"u8)
            ? new MessageSent(source)
            : new MessageReceived(source);
    }

    private static WebhookEvent ListElement(EventSource source) => source.Action switch
    {
        "add" => new ListElementAdded(source),
        "update" => new ListElementUpdated(source),
        "delete" => new ListElementDeleted(source),
        _ => new UnknownEvent(source),
    };

    /// <summary>
    /// The JSON shape has notes under a key of their own; Kommo itself tells only added ones, as a change of what they stand on, and so they are
    /// told here.
    /// </summary>
    private static WebhookEvent Note(EventSource source) =>
        source.Action == "add" && new WebhookNote(source.Fields).ElementType?.Name is ("leads" or "contacts" or "companies" or "customers") and var kind
            ? Create(source with { Entity = kind, Action = "note" })
            : new UnknownEvent(source);

    /// <summary>An update tells the owner of before even when it stays.</summary>
    private static bool HasNewOwner(WebhookFields fields) =>
        fields.GetInt64("old_responsible_user_id"u8) is { } before
        && fields.GetInt64("responsible_user_id"u8) is { } now
        && before != now;

    /// <summary>An item says what it is by its type; a note, by the type or number (3) of what it stands on.</summary>
    private static bool IsCompany(WebhookFields fields) =>
        fields.ValueEquals("type"u8, "company"u8)
        || fields.ValueEquals("note[element_type]"u8, "3"u8)
        || fields.ValueEquals("note[type]"u8, "company"u8);
}
