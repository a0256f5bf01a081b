using System.Text;

namespace KommoFunctions.Emulators.Storage.InMemory;

/// <summary>A request to storage, taken apart.</summary>
internal sealed class StorageCall
{
    private readonly Dictionary<string, string> _query = new(StringComparer.OrdinalIgnoreCase);

    public StorageCall(string method, Uri uri, IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body)
    {
        Method = method;
        Headers = headers;
        Body = body;
        Service = ServiceOf(uri);
        Path = Uri.UnescapeDataString(uri.AbsolutePath.AsSpan().TrimStart('/'));
        foreach (var range in uri.Query.AsSpan().TrimStart('?').Split('&'))
        {
            var part = uri.Query.AsSpan().TrimStart('?')[range];
            var equals = part.IndexOf('=');
            if (equals > 0)
            {
                _query[Uri.UnescapeDataString(part[..equals])] = Uri.UnescapeDataString(part[(equals + 1)..]);
            }
        }
    }

    public StorageService Service { get; }

    public string Method { get; }

    /// <summary>Without the first slash, and decoded: neither a queue's name nor a container's has an escape in it.</summary>
    public string Path { get; }

    public IReadOnlyDictionary<string, string> Headers { get; }

    public ReadOnlyMemory<byte> Body { get; }

    public string Text => Encoding.UTF8.GetString(Body.Span);

    public string? Query(string name) => _query.GetValueOrDefault(name);

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public override string ToString() => $"{Service} {Method} {Path} {Query("$filter") ?? Query("comp")}";

    /// <summary>The refusal of an operation that storage in memory does not implement.</summary>
    public StorageRefusal NotImplemented() => new(501, "NotImplemented", $"Storage in memory does not know {Method} /{Path} of the {Service} service.");

    /// <summary>The second label of the host: <c>account.table.storage.invalid</c>.</summary>
    private static StorageService ServiceOf(Uri uri) => uri.Host.Split('.') switch
    {
        [_, "table", ..] => StorageService.Table,
        [_, "queue", ..] => StorageService.Queue,
        [_, "blob", ..] => StorageService.Blob,
        _ => throw new InvalidOperationException($"{uri.Host} is no host of storage in memory; take the connection string from {nameof(InMemoryStorage)}."),
    };
}
