namespace KommoFunctions.Storage;

/// <summary>The blob containers of the storage account.</summary>
public static class ContainerNames
{
    /// <summary>Bodies too large for a queue message.</summary>
    public const string Bodies = "kommo-bodies";

    /// <summary>Messages of dead letters that are too large for a table row.</summary>
    public const string DeadLetters = "kommo-dead-letters";

    internal static readonly string[] All = [Bodies, DeadLetters];
}
