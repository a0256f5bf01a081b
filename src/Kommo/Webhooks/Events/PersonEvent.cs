namespace Kommo.Webhooks;

/// <summary>Something happened to a contact or to a company; Kommo sends both as <c>contacts</c>.</summary>
public abstract class PersonEvent : EntityEvent
{
    private protected PersonEvent(EventSource source)
        : base(source)
    {
    }

    /// <summary>The leads linked to it.</summary>
    public IReadOnlyList<long> LinkedLeadIds => IdsReader.Read(Fields, "[linked_leads_id]"u8, isMap: true);
}
