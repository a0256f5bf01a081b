using System.Globalization;

namespace KommoFunctions.Emulators.Storage.InMemory.Blobs;

/// <summary>Answers with a blob, or with a range of it.</summary>
internal static class BlobReading
{
    public static StorageAnswer Head(StoredBlob blob) => blob.Describe(new StorageAnswer(200)
        .With("Content-Length", Number(blob.Content.Length))
        .With("Content-Type", blob.ContentType));

    public static StorageAnswer Read(StorageCall call, StoredBlob blob)
    {
        if ((call.Header("x-ms-range") ?? call.Header("Range")) is not { } range)
        {
            return blob.Describe(StorageAnswer.Bytes(200, blob.Content, blob.ContentType));
        }

        var ends = range["bytes=".Length..].Split('-');
        var first = int.Parse(ends[0], CultureInfo.InvariantCulture);
        var last = ends[1].Length == 0 ? blob.Content.Length - 1 : (int)Math.Min(long.Parse(ends[1], CultureInfo.InvariantCulture), blob.Content.Length - 1);
        return first >= blob.Content.Length
            ? throw new StorageRefusal(416, "InvalidRange", "The range specified is invalid for the current size of the resource.")
            : blob.Describe(StorageAnswer.Bytes(206, blob.Content[first..(last + 1)], blob.ContentType))
                .With("Content-Range", $"bytes {Number(first)}-{Number(last)}/{Number(blob.Content.Length)}");
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
