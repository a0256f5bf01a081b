using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;

namespace KommoFunctions.Emulators.Storage.InMemory;

/// <summary>An answer as the SDK sees it.</summary>
internal sealed class InMemoryResponse(StorageAnswer answer) : Response
{
    public override int Status => answer.Status;

    public override string ReasonPhrase => "";

    public override Stream? ContentStream { get; set; } = !answer.Headers.ContainsKey("Content-Length") ? null : new MemoryStream(answer.Body.ToArray(), 0, answer.Body.Length, writable: false, publiclyVisible: true);

    public override string ClientRequestId { get; set; } = "";

    /// <summary>The content is in memory, and the SDK reads it after it has disposed the answer.</summary>
    public override void Dispose()
    {
    }

    protected override bool ContainsHeader(string name) => answer.Headers.ContainsKey(name);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => answer.Headers.Select(header => new HttpHeader(header.Key, header.Value));

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value) => answer.Headers.TryGetValue(name, out value);

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = answer.Headers.TryGetValue(name, out var value) ? [value] : null;
        return values is not null;
    }
}
