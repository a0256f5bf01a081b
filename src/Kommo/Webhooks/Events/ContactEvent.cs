namespace Kommo.Webhooks;

/// <summary>Something happened to a contact.</summary>
public abstract class ContactEvent : PersonEvent
{
    private protected ContactEvent(EventSource source)
        : base(source)
    {
    }

    /// <summary>The contact's company.</summary>
    public long? LinkedCompanyId => Fields.GetInt64("linked_company_id"u8);

    /// <summary>The company's name.</summary>
    public string? CompanyName => Fields.GetText("company_name"u8);
}
