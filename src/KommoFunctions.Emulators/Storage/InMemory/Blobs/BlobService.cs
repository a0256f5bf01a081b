using System.Globalization;
using System.Xml.Linq;

namespace KommoFunctions.Emulators.Storage.InMemory.Blobs;

/// <summary>The blob service (Storage REST API: Operations on containers, Operations on blobs). A blob is put whole.</summary>
internal sealed class BlobService(TimeProvider time)
{
    private readonly Dictionary<string, SortedDictionary<string, StoredBlob>> _containers = new(StringComparer.Ordinal);
    private long _writes;

    public IReadOnlyDictionary<string, SortedDictionary<string, StoredBlob>> All => _containers;

    public StorageAnswer Handle(StorageCall call)
    {
        var slash = call.Path.IndexOf('/', StringComparison.Ordinal);
        var (container, blob) = slash < 0 ? (call.Path, null) : (call.Path[..slash], call.Path[(slash + 1)..]);
        return (call.Method, blob, call.Query("comp")) switch
        {
            ("PUT", null, null) => Create(container),
            ("DELETE", null, null) => _containers.Remove(container) ? new StorageAnswer(202) : throw MissingContainer(),
            ("GET" or "HEAD", null, null) => Find(container) is not null ? Stamp(new StorageAnswer(200)) : throw MissingContainer(),
            ("GET", null, "list") => BlobListing.Write(call, Find(container)),
            ("PUT", { } name, null) when call.Header("x-ms-copy-source") is null => Put(call, Find(container), name),
            ("PUT", { } name, "metadata") => SetMetadata(call, Find(container), name),
            ("GET", { } name, null) => BlobReading.Read(call, Get(call, Find(container), name)),
            ("HEAD", { } name, null) => BlobReading.Head(Get(call, Find(container), name)),
            ("DELETE", { } name, null) => Delete(call, Find(container), name),
            _ => throw call.NotImplemented(),
        };
    }

    public void Clear()
    {
        foreach (var blobs in _containers.Values)
        {
            blobs.Clear();
        }
    }

    private StorageAnswer Create(string container) => _containers.TryAdd(container, new(StringComparer.Ordinal))
        ? Stamp(new StorageAnswer(201))
        : throw new StorageRefusal(409, "ContainerAlreadyExists", "The specified container already exists.");

    private StorageAnswer Put(StorageCall call, SortedDictionary<string, StoredBlob> blobs, string name)
    {
        var before = blobs.GetValueOrDefault(name);
        BlobConditions.Check(call, before);
        var now = time.GetUtcNow();
        var blob = new StoredBlob(
            call.Body, call.Header("x-ms-blob-content-type") ?? "application/octet-stream", Metadata.Read(call), NewTag(), before?.CreatedAt ?? now, now);
        blobs[name] = blob;
        return new StorageAnswer(201).With("ETag", blob.ETag).With("Last-Modified", now.ToString("R"));
    }

    private StorageAnswer SetMetadata(StorageCall call, SortedDictionary<string, StoredBlob> blobs, string name)
    {
        var blob = Get(call, blobs, name) with { Metadata = Metadata.Read(call), ETag = NewTag(), LastModified = time.GetUtcNow() };
        blobs[name] = blob;
        return new StorageAnswer(200).With("ETag", blob.ETag).With("Last-Modified", blob.LastModified.ToString("R"));
    }

    private static StorageAnswer Delete(StorageCall call, SortedDictionary<string, StoredBlob> blobs, string name)
    {
        _ = Get(call, blobs, name);
        blobs.Remove(name);
        return new StorageAnswer(202);
    }

    private static StoredBlob Get(StorageCall call, SortedDictionary<string, StoredBlob> blobs, string name)
    {
        var blob = blobs.GetValueOrDefault(name) ?? throw new StorageRefusal(404, "BlobNotFound", "The specified blob does not exist.");
        BlobConditions.Check(call, blob);
        return blob;
    }

    private SortedDictionary<string, StoredBlob> Find(string container) => _containers.GetValueOrDefault(container) ?? throw MissingContainer();

    private StorageAnswer Stamp(StorageAnswer answer) => answer.With("ETag", NewTag()).With("Last-Modified", time.GetUtcNow().ToString("R"));

    private string NewTag() => string.Create(CultureInfo.InvariantCulture, $"\"0x{++_writes:X16}\"");

    private static StorageRefusal MissingContainer() => new(404, "ContainerNotFound", "The specified container does not exist.");
}
