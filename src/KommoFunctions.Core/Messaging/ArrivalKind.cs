namespace KommoFunctions.Messaging;

/// <summary>What a message holds of Kommo's.</summary>
internal enum ArrivalKind
{
    /// <summary>An ordinary hook, or one of the Digital Pipeline.</summary>
    Webhook,

    /// <summary>A Salesbot step that waits to be continued.</summary>
    Salesbot,

    /// <summary>A hook of the Chats API.</summary>
    Chat,

    /// <summary>The hint that an account removed the integration.</summary>
    Uninstall,

    /// <summary>Nothing of Kommo's: a suspended account is to be probed.</summary>
    Hold,
}
