namespace Kommo.Webhooks;

/// <summary>Finds the type of an event from its entity and action (Kommo: Webhooks, top-level keys).</summary>
internal static class WebhookEventFactory
{
    public static WebhookEvent Create(string entity, string action, WebhookFields fields) => entity switch
    {
        "leads" => Lead(entity, action, fields),
        "companies" => Company(entity, action, fields),
        "contacts" => IsCompany(fields) ? Company(entity, action, fields) : Contact(entity, action, fields),
        "task" => Task(entity, action, fields),
        _ => new UnknownEvent(entity, action, fields),
    };

    private static WebhookEvent Lead(string entity, string action, WebhookFields fields) => action switch
    {
        "add" => new LeadAdded(entity, action, fields),
        "update" => new LeadUpdated(entity, action, fields),
        "delete" => new LeadDeleted(entity, action, fields),
        "restore" => new LeadRestored(entity, action, fields),
        "status" => new LeadStatusChanged(entity, action, fields),
        "responsible" => new LeadResponsibleChanged(entity, action, fields),
        "note" => new LeadNoteAdded(entity, action, fields),
        _ => new UnknownEvent(entity, action, fields),
    };

    private static WebhookEvent Contact(string entity, string action, WebhookFields fields) => action switch
    {
        "add" => new ContactAdded(entity, action, fields),
        "update" => new ContactUpdated(entity, action, fields),
        "delete" => new ContactDeleted(entity, action, fields),
        "restore" => new ContactRestored(entity, action, fields),
        "responsible" => new ContactResponsibleChanged(entity, action, fields),
        "note" => new ContactNoteAdded(entity, action, fields),
        _ => new UnknownEvent(entity, action, fields),
    };

    private static WebhookEvent Company(string entity, string action, WebhookFields fields) => action switch
    {
        "add" => new CompanyAdded(entity, action, fields),
        "update" => new CompanyUpdated(entity, action, fields),
        "delete" => new CompanyDeleted(entity, action, fields),
        "restore" => new CompanyRestored(entity, action, fields),
        "responsible" => new CompanyResponsibleChanged(entity, action, fields),
        "note" => new CompanyNoteAdded(entity, action, fields),
        _ => new UnknownEvent(entity, action, fields),
    };

    private static WebhookEvent Task(string entity, string action, WebhookFields fields) => action switch
    {
        "add" => new TaskAdded(entity, action, fields),
        "update" => new TaskUpdated(entity, action, fields),
        "delete" => new TaskDeleted(entity, action, fields),
        "responsible" => new TaskResponsibleChanged(entity, action, fields),
        _ => new UnknownEvent(entity, action, fields),
    };

    /// <summary>An item says what it is by its type; a note, by the type or number (3) of what it stands on.</summary>
    private static bool IsCompany(WebhookFields fields) =>
        fields.ValueEquals("type", "company"u8)
        || fields.ValueEquals("note[element_type]", "3"u8)
        || fields.ValueEquals("note[type]", "company"u8);
}
