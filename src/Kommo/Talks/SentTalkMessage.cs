namespace Kommo;

/// <summary>What Kommo answers for a message that it will send (Kommo: Talks, sending a message).</summary>
public sealed class SentTalkMessage : KommoObject
{
    /// <summary>The message's id.</summary>
    public string? Id { get; set; }
}
