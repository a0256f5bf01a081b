namespace Kommo;

/// <summary>Chats of contacts (Kommo: Contacts, chats): an administrator's token is needed, and only chats of the integration's own channel can be linked.</summary>
public sealed class ContactChatsClient : CreatableResource<ContactChat, ContactChatQuery, NewContactChat, ContactChat>
{
    internal ContactChatsClient(KommoConnection connection, ResourceRoute contacts)
        : base(connection, contacts.Below("/chats", "chats"))
    {
    }
}
