namespace KommoFunctions.Emulators.Storage.InMemory.Blobs;

/// <summary>The conditions on a blob's ETag (Storage REST API: Specifying conditional headers for Blob service operations).</summary>
internal static class BlobConditions
{
    public static void Check(StorageCall call, StoredBlob? blob)
    {
        if (call.Header("If-Match") is { } wanted && (blob is null || (wanted != "*" && wanted != blob.ETag)))
        {
            throw NotMet(412);
        }

        switch (call.Header("If-None-Match"))
        {
            case "*" when blob is not null && call.Method == "PUT":
                throw new StorageRefusal(409, "BlobAlreadyExists", "The specified blob already exists.");
            case { } unwanted when unwanted == blob?.ETag:
                throw NotMet(call.Method is "GET" or "HEAD" ? 304 : 412);
        }
    }

    private static StorageRefusal NotMet(int status) => new(status, "ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.");
}
