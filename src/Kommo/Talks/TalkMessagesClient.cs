namespace Kommo;

/// <summary>
/// The messages of one talk (Kommo: Talks, messages; new in 2026). Reading needs the right to the external chat history (scope
/// <c>list_external_messages</c>).
/// </summary>
public sealed class TalkMessagesClient : ReadableResource<TalkMessage, TalkMessageQuery>
{
    internal TalkMessagesClient(KommoConnection connection, ResourceRoute route)
        : base(connection, route)
    {
    }
}
