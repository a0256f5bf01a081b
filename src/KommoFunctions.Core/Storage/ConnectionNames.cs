namespace KommoFunctions.Storage;

/// <summary>Names of settings that hold connections. The queue triggers take them from here.</summary>
public static class ConnectionNames
{
    /// <summary>
    /// The storage account of all queues, tables and blobs: a connection string, or a section with <c>queueServiceUri</c>,
    /// <c>blobServiceUri</c> and <c>tableServiceUri</c>, as the Functions host reads it.
    /// </summary>
    public const string Storage = "KommoStorage";
}
