namespace Kommo.Webhooks;

/// <summary>
/// The names by which a subscription chooses its events (Kommo: Webhooks, <c>settings</c>). There are none for
/// completed tasks, changed or deleted notes, links and tags; incoming leads and list elements are chosen in Kommo's interface.
/// </summary>
public static class WebhookSettings
{
    /// <summary>A lead was made.</summary>
    public const string AddLead = "add_lead";

    /// <summary>A lead changed.</summary>
    public const string UpdateLead = "update_lead";

    /// <summary>A lead was deleted.</summary>
    public const string DeleteLead = "delete_lead";

    /// <summary>A lead was restored.</summary>
    public const string RestoreLead = "restore_lead";

    /// <summary>A lead changed its stage.</summary>
    public const string StatusLead = "status_lead";

    /// <summary>A lead changed its responsible user.</summary>
    public const string ResponsibleLead = "responsible_lead";

    /// <summary>A note was put on a lead.</summary>
    public const string NoteLead = "note_lead";

    /// <summary>A contact was made.</summary>
    public const string AddContact = "add_contact";

    /// <summary>A contact changed.</summary>
    public const string UpdateContact = "update_contact";

    /// <summary>A contact was deleted.</summary>
    public const string DeleteContact = "delete_contact";

    /// <summary>A contact was restored.</summary>
    public const string RestoreContact = "restore_contact";

    /// <summary>A contact changed its responsible user. Arrives as an update.</summary>
    public const string ResponsibleContact = "responsible_contact";

    /// <summary>A note was put on a contact.</summary>
    public const string NoteContact = "note_contact";

    /// <summary>A company was made.</summary>
    public const string AddCompany = "add_company";

    /// <summary>A company changed.</summary>
    public const string UpdateCompany = "update_company";

    /// <summary>A company was deleted.</summary>
    public const string DeleteCompany = "delete_company";

    /// <summary>A company was restored.</summary>
    public const string RestoreCompany = "restore_company";

    /// <summary>A company changed its responsible user. Arrives as an update.</summary>
    public const string ResponsibleCompany = "responsible_company";

    /// <summary>A note was put on a company.</summary>
    public const string NoteCompany = "note_company";

    /// <summary>A customer was made. Kommo is reported not to list it; expect a 400.</summary>
    public const string AddCustomer = "add_customer";

    /// <summary>A customer changed. Kommo is reported not to list it; expect a 400.</summary>
    public const string UpdateCustomer = "update_customer";

    /// <summary>A customer was deleted. Kommo is reported not to list it; expect a 400.</summary>
    public const string DeleteCustomer = "delete_customer";

    /// <summary>A customer changed its responsible user. Kommo is reported not to list it; expect a 400.</summary>
    public const string ResponsibleCustomer = "responsible_customer";

    /// <summary>A note was put on a customer. Kommo is reported not to list it; expect a 400.</summary>
    public const string NoteCustomer = "note_customer";

    /// <summary>A task was made.</summary>
    public const string AddTask = "add_task";

    /// <summary>A task changed. Kommo is reported not to list it; expect a 400.</summary>
    public const string UpdateTask = "update_task";

    /// <summary>A task was deleted.</summary>
    public const string DeleteTask = "delete_task";

    /// <summary>A task changed its responsible user.</summary>
    public const string ResponsibleTask = "responsible_task";

    /// <summary>A talk was made.</summary>
    public const string AddTalk = "add_talk";

    /// <summary>A talk changed.</summary>
    public const string UpdateTalk = "update_talk";

    /// <summary>A chat template was sent for review.</summary>
    public const string AddChatTemplateReview = "add_chat_template_review";

    /// <summary>A message came in. Kommo only; not on its reference page.</summary>
    public const string AddMessage = "add_message";

    /// <summary>A message went out. Kommo only, since July 2026; not on its reference page.</summary>
    public const string AddOutgoingMessage = "add_outgoing_message";

    private static readonly (Type Event, string[] Names)[] ByEvent =
    [
        (typeof(LeadAdded), [AddLead]),
        (typeof(LeadUpdated), [UpdateLead]),
        (typeof(LeadDeleted), [DeleteLead]),
        (typeof(LeadRestored), [RestoreLead]),
        (typeof(LeadStatusChanged), [StatusLead]),
        (typeof(LeadResponsibleChanged), [ResponsibleLead]),
        (typeof(LeadNoteAdded), [NoteLead]),
        (typeof(ContactAdded), [AddContact]),
        (typeof(ContactUpdated), [UpdateContact, ResponsibleContact]),
        (typeof(ContactDeleted), [DeleteContact]),
        (typeof(ContactRestored), [RestoreContact]),
        (typeof(ContactResponsibleChanged), [ResponsibleContact]),
        (typeof(ContactNoteAdded), [NoteContact]),
        (typeof(CompanyAdded), [AddCompany]),
        (typeof(CompanyUpdated), [UpdateCompany, ResponsibleCompany]),
        (typeof(CompanyDeleted), [DeleteCompany]),
        (typeof(CompanyRestored), [RestoreCompany]),
        (typeof(CompanyResponsibleChanged), [ResponsibleCompany]),
        (typeof(CompanyNoteAdded), [NoteCompany]),
        (typeof(TaskAdded), [AddTask]),
        (typeof(TaskUpdated), [UpdateTask]),
        (typeof(TaskDeleted), [DeleteTask]),
        (typeof(TaskResponsibleChanged), [ResponsibleTask]),
        (typeof(TaskCompleted), [UpdateTask]),
        (typeof(CustomerAdded), [AddCustomer]),
        (typeof(CustomerUpdated), [UpdateCustomer]),
        (typeof(CustomerDeleted), [DeleteCustomer]),
        (typeof(CustomerResponsibleChanged), [ResponsibleCustomer]),
        (typeof(CustomerNoteAdded), [NoteCustomer]),
        (typeof(TalkAdded), [AddTalk]),
        (typeof(TalkUpdated), [UpdateTalk]),
        (typeof(MessageReceived), [AddMessage]),
        (typeof(MessageSent), [AddOutgoingMessage]),
        (typeof(ChatTemplateReviewAdded), [AddChatTemplateReview]),
    ];

    /// <summary>
    /// The names that make Kommo send events of this type. A base type gives those of all its types, so
    /// <see cref="WebhookEvent"/> gives every name that there is. Empty for what no subscription brings: incoming leads and list elements
    /// (chosen in Kommo's interface), triggers of the Digital Pipeline (set there), and <see cref="UnknownEvent"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The type is no event.</exception>
    public static IReadOnlyCollection<string> For(Type eventType)
    {
        ArgumentNullException.ThrowIfNull(eventType);
        return eventType.IsAssignableTo(typeof(WebhookEvent))
            ? [.. ByEvent.Where(entry => eventType.IsAssignableFrom(entry.Event)).SelectMany(entry => entry.Names).Distinct()]
            : throw new ArgumentException("The type is no webhook event.", nameof(eventType));
    }
}
