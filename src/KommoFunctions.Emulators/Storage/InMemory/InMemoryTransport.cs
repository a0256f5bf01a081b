using Azure.Core;
using Azure.Core.Pipeline;

namespace KommoFunctions.Emulators.Storage.InMemory;

/// <summary>The lowest part of an SDK client's pipeline, in the place of the network.</summary>
/// <param name="storage">What is asked.</param>
/// <param name="send">How it is asked: at once without one.</param>
internal sealed class InMemoryTransport(InMemoryStorage storage, Func<StorageCall, CancellationToken, ValueTask<StorageAnswer>>? send = null) : HttpPipelineTransport
{
    public override Request CreateRequest() => HttpClientTransport.Shared.CreateRequest();

    public override void Process(HttpMessage message) => ProcessAsync(message).AsTask().GetAwaiter().GetResult();

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        message.CancellationToken.ThrowIfCancellationRequested();
        var call = await ReadAsync(message.Request, message.CancellationToken).ConfigureAwait(false);
        var answer = send is null ? storage.Handle(call) : await send(call, message.CancellationToken).ConfigureAwait(false);
        message.Response = new InMemoryResponse(answer) { ClientRequestId = message.Request.ClientRequestId };
    }

    private static async ValueTask<StorageCall> ReadAsync(Request request, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in request.Headers)
        {
            headers[header.Name] = header.Value;
        }

        using var body = new MemoryStream();
        if (request.Content is { } content)
        {
            await content.WriteToAsync(body, cancellationToken).ConfigureAwait(false);
        }

        return new StorageCall(request.Method.Method, request.Uri.ToUri(), headers, body.ToArray());
    }
}
