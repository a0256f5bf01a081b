namespace Kommo;

/// <summary>The types of events (Kommo: Events, types). Kommo may add to them, so an event's type is a text.</summary>
public static class KommoEventTypes
{
    /// <summary>A lead was added.</summary>
    public const string LeadAdded = "lead_added";

    /// <summary>A lead was deleted.</summary>
    public const string LeadDeleted = "lead_deleted";

    /// <summary>A lead was restored.</summary>
    public const string LeadRestored = "lead_restored";

    /// <summary>A lead's stage changed.</summary>
    public const string LeadStatusChanged = "lead_status_changed";

    /// <summary>A lead was linked.</summary>
    public const string LeadLinked = "lead_linked";

    /// <summary>A lead was unlinked.</summary>
    public const string LeadUnlinked = "lead_unlinked";

    /// <summary>A contact was added.</summary>
    public const string ContactAdded = "contact_added";

    /// <summary>A contact was deleted.</summary>
    public const string ContactDeleted = "contact_deleted";

    /// <summary>A contact was restored.</summary>
    public const string ContactRestored = "contact_restored";

    /// <summary>A contact was linked.</summary>
    public const string ContactLinked = "contact_linked";

    /// <summary>A contact was unlinked.</summary>
    public const string ContactUnlinked = "contact_unlinked";

    /// <summary>A company was added.</summary>
    public const string CompanyAdded = "company_added";

    /// <summary>A company was deleted.</summary>
    public const string CompanyDeleted = "company_deleted";

    /// <summary>A company was restored.</summary>
    public const string CompanyRestored = "company_restored";

    /// <summary>A company was linked.</summary>
    public const string CompanyLinked = "company_linked";

    /// <summary>A company was unlinked.</summary>
    public const string CompanyUnlinked = "company_unlinked";

    /// <summary>A customer was added.</summary>
    public const string CustomerAdded = "customer_added";

    /// <summary>A customer was deleted.</summary>
    public const string CustomerDeleted = "customer_deleted";

    /// <summary>A customer's status changed.</summary>
    public const string CustomerStatusChanged = "customer_status_changed";

    /// <summary>A customer was linked.</summary>
    public const string CustomerLinked = "customer_linked";

    /// <summary>A customer was unlinked.</summary>
    public const string CustomerUnlinked = "customer_unlinked";

    /// <summary>A task was added.</summary>
    public const string TaskAdded = "task_added";

    /// <summary>A task was deleted.</summary>
    public const string TaskDeleted = "task_deleted";

    /// <summary>A task was completed.</summary>
    public const string TaskCompleted = "task_completed";

    /// <summary>A task's type changed.</summary>
    public const string TaskTypeChanged = "task_type_changed";

    /// <summary>A task's text changed.</summary>
    public const string TaskTextChanged = "task_text_changed";

    /// <summary>A task's due time changed.</summary>
    public const string TaskDeadlineChanged = "task_deadline_changed";

    /// <summary>A task's result was added.</summary>
    public const string TaskResultAdded = "task_result_added";

    /// <summary>A call came in.</summary>
    public const string IncomingCall = "incoming_call";

    /// <summary>A call went out.</summary>
    public const string OutgoingCall = "outgoing_call";

    /// <summary>A chat message came in.</summary>
    public const string IncomingChatMessage = "incoming_chat_message";

    /// <summary>A chat message went out.</summary>
    public const string OutgoingChatMessage = "outgoing_chat_message";

    /// <summary>A message of a user's in an entity's chat.</summary>
    public const string EntityDirectMessage = "entity_direct_message";

    /// <summary>An SMS came in.</summary>
    public const string IncomingSms = "incoming_sms";

    /// <summary>An SMS went out.</summary>
    public const string OutgoingSms = "outgoing_sms";

    /// <summary>A mail came in.</summary>
    public const string IncomingMail = "incoming_mail";

    /// <summary>A mail went out.</summary>
    public const string OutgoingMail = "outgoing_mail";

    /// <summary>A tag was added.</summary>
    public const string EntityTagAdded = "entity_tag_added";

    /// <summary>A tag was deleted.</summary>
    public const string EntityTagDeleted = "entity_tag_deleted";

    /// <summary>An entity was linked.</summary>
    public const string EntityLinked = "entity_linked";

    /// <summary>An entity was unlinked.</summary>
    public const string EntityUnlinked = "entity_unlinked";

    /// <summary>A lead's value changed.</summary>
    public const string SaleFieldChanged = "sale_field_changed";

    /// <summary>A name changed.</summary>
    public const string NameFieldChanged = "name_field_changed";

    /// <summary>What a customer's purchases brought changed.</summary>
    public const string LtvFieldChanged = "ltv_field_changed";

    /// <summary>A custom field changed.</summary>
    public const string CustomFieldValueChanged = "custom_field_value_changed";

    /// <summary>The responsible user changed.</summary>
    public const string EntityResponsibleChanged = "entity_responsible_changed";

    /// <summary>A robot replied.</summary>
    public const string RobotReplied = "robot_replied";

    /// <summary>A robot recognised what was meant.</summary>
    public const string IntentIdentified = "intent_identified";

    /// <summary>A rating was given.</summary>
    public const string NpsRateAdded = "nps_rate_added";

    /// <summary>A link was followed.</summary>
    public const string LinkFollowed = "link_followed";

    /// <summary>A purchase was entered.</summary>
    public const string TransactionAdded = "transaction_added";

    /// <summary>A common note was added.</summary>
    public const string CommonNoteAdded = "common_note_added";

    /// <summary>A common note was deleted.</summary>
    public const string CommonNoteDeleted = "common_note_deleted";

    /// <summary>An attachment note was added.</summary>
    public const string AttachmentNoteAdded = "attachment_note_added";

    /// <summary>A targeting in note was added.</summary>
    public const string TargetingInNoteAdded = "targeting_in_note_added";

    /// <summary>A targeting out note was added.</summary>
    public const string TargetingOutNoteAdded = "targeting_out_note_added";

    /// <summary>A geo note was added.</summary>
    public const string GeoNoteAdded = "geo_note_added";

    /// <summary>A service note was added.</summary>
    public const string ServiceNoteAdded = "service_note_added";

    /// <summary>A site visit note was added.</summary>
    public const string SiteVisitNoteAdded = "site_visit_note_added";

    /// <summary>A message to cashier note was added.</summary>
    public const string MessageToCashierNoteAdded = "message_to_cashier_note_added";

    /// <summary>A key action was done.</summary>
    public const string KeyActionCompleted = "key_action_completed";

    /// <summary>Entities were merged.</summary>
    public const string EntityMerged = "entity_merged";

    /// <summary>One custom field changed; must be the only type in a filter.</summary>
    /// <param name="fieldId">The field's id.</param>
    public static string CustomFieldChanged(long fieldId) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"custom_field_{fieldId}_value_changed");
}
