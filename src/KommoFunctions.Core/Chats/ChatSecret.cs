namespace KommoFunctions.Chats;

/// <summary>Where the secret of the integration's chat channel is kept.</summary>
public static class ChatSecret
{
    /// <summary>
    /// The name of the vault's secret that holds the channel's secret, as Kommo's support gave it at the channel's registration. While one
    /// replaces another, the one before is kept under this name with <c>-previous</c>.
    /// </summary>
    public const string Name = "kommo-chat-secret";
}
