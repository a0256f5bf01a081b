namespace KommoFunctions.Emulators.Storage.InMemory.Blobs;

/// <summary>A blob as it is stored; a change makes another.</summary>
internal sealed record StoredBlob(ReadOnlyMemory<byte> Content, string ContentType, IReadOnlyDictionary<string, string> Metadata, string ETag, DateTimeOffset CreatedAt, DateTimeOffset LastModified)
{
    /// <summary>What an answer says of it beside its content.</summary>
    public StorageAnswer Describe(StorageAnswer answer) => InMemory.Metadata.Write(answer, Metadata)
        .With("ETag", ETag)
        .With("Last-Modified", LastModified.ToString("R"))
        .With("x-ms-creation-time", CreatedAt.ToString("R"))
        .With("x-ms-blob-type", "BlockBlob")
        .With("Accept-Ranges", "bytes");
}
