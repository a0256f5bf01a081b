using System.Collections.Concurrent;
using System.Net;
using Kommo.Http;

namespace Kommo.Tests.Conventions;

/// <summary>Answers everything with "nothing there", and remembers where each request went.</summary>
internal sealed class RecordingHandler : HttpMessageHandler
{
    public ConcurrentQueue<(HttpMethod Method, string Template, string Path)> Seen { get; } = new();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Assert.True(request.Options.TryGetValue(KommoRequestOptions.RouteTemplate, out var template), "A request without a route template.");
        Seen.Enqueue((request.Method, template, request.RequestUri!.AbsolutePath));
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NoContent) { RequestMessage = request, Content = new ByteArrayContent([]) });
    }
}
