namespace KommoFunctions.Queues;

/// <summary>Names of settings that hold connections.</summary>
internal static class Connections
{
    /// <summary>The storage account of the queues, tables and blobs.</summary>
    public const string Storage = "KommoStorage";
}
