namespace KommoFunctions.Emulators.Storage;

/// <summary>A service of a storage account.</summary>
public enum StorageService
{
    /// <summary>Azure Blob storage.</summary>
    Blob,

    /// <summary>Azure Queue storage.</summary>
    Queue,

    /// <summary>Azure Table storage.</summary>
    Table,
}
