namespace Kommo.Webhooks;

/// <summary>Something happened to a contact.</summary>
public abstract class ContactEvent : PersonEvent
{
    private protected ContactEvent(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }

    /// <summary>The contact's company.</summary>
    public long? LinkedCompanyId => Fields.GetInt64("linked_company_id");

    /// <summary>The company's name.</summary>
    public string? CompanyName => Fields["company_name"];
}
