using System.Globalization;
using System.Xml.Linq;

namespace KommoFunctions.Emulators.Storage.InMemory.Blobs;

/// <summary>Answers with the names of a container's blobs and what is known of them, a page at a time.</summary>
internal static class BlobListing
{
    private const int MaxPage = 5000;

    public static StorageAnswer Write(StorageCall call, SortedDictionary<string, StoredBlob> blobs)
    {
        var (prefix, marker) = (call.Query("prefix") ?? "", call.Query("marker") ?? "");
        var limit = call.Query("maxresults") is { } most ? int.Parse(most, CultureInfo.InvariantCulture) : MaxPage;
        var found = blobs
            .Where(blob => blob.Key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(blob.Key, marker) >= 0)
            .Take(limit + 1)
            .ToList();
        return StorageAnswer.Xml(200, new XElement(
            "EnumerationResults",
            new XElement("Prefix", prefix),
            new XElement("Blobs", found.Take(limit).Select(blob => Describe(blob.Key, blob.Value))),
            new XElement("NextMarker", found.Count > limit ? found[limit].Key : "")));
    }

    private static XElement Describe(string name, StoredBlob blob) => new(
        "Blob",
        new XElement("Name", name),
        new XElement(
            "Properties",
            new XElement("Creation-Time", blob.CreatedAt.ToString("R")),
            new XElement("Last-Modified", blob.LastModified.ToString("R")),
            new XElement("Etag", blob.ETag),
            new XElement("Content-Length", blob.Content.Length),
            new XElement("Content-Type", blob.ContentType),
            new XElement("BlobType", "BlockBlob")));
}
