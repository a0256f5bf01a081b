using Microsoft.AspNetCore.Http;

namespace KommoFunctions.Emulators.Storage;

/// <summary>What sort of request it was: enough to count and to aim faults, without the names in it.</summary>
/// <param name="Service">The service that was asked.</param>
/// <param name="Method">The HTTP method, in capitals.</param>
/// <param name="Resource">
/// What the path names. Tables: <c>tables</c>, <c>table</c> (one of them, for its deletion), <c>entities</c>,
/// <c>entity</c>, <c>batch</c>. Queues: <c>queue</c>, <c>messages</c>, <c>message</c>. Blobs: <c>container</c>,
/// <c>blob</c>. Otherwise <c>account</c>. A <c>comp</c> parameter follows after a question mark:
/// <c>blob?block</c>, <c>queue?metadata</c>.
/// </param>
public readonly record struct StorageRequestKind(StorageService Service, string Method, string Resource)
{
    internal static StorageRequestKind Of(StorageService service, HttpRequest request)
    {
        // Path-style addresses: the account comes first.
        var segments = (request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        var resource = service switch
        {
            StorageService.Table => OfTable(segments),
            StorageService.Queue => OfQueue(segments),
            _ => OfBlob(segments),
        };
        var component = (string?)request.Query["comp"];
        return new(service, request.Method, component is null ? resource : $"{resource}?{component}");
    }

    private static string OfTable(string[] segments) => segments switch
    {
        [_, "$batch"] => "batch",
        [_, "Tables"] => "tables",
        [_, var name] when name.StartsWith("Tables(", StringComparison.Ordinal) => "table",
        [_, var name] when name.EndsWith("()", StringComparison.Ordinal) => "entities",
        [_, var name, ..] when name.Contains('(', StringComparison.Ordinal) => "entity",
        [_, _] => "entities",
        _ => "account",
    };

    private static string OfQueue(string[] segments) => segments switch
    {
        [_, _] => "queue",
        [_, _, "messages"] => "messages",
        [_, _, "messages", _] => "message",
        _ => "account",
    };

    private static string OfBlob(string[] segments) => segments switch
    {
        [_, _] => "container",
        [_, _, ..] => "blob",
        _ => "account",
    };
}
