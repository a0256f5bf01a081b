namespace Kommo.Webhooks;

/// <summary>Something happened to a company. Kommo sends it as <c>contacts</c> with <c>type=company</c>.</summary>
public abstract class CompanyEvent : PersonEvent
{
    private protected CompanyEvent(EventSource source)
        : base(source)
    {
    }
}
