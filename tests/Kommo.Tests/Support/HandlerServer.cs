using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Kommo.Tests.Support;

/// <summary>Answers in the process, without a socket: for tests of many requests.</summary>
internal sealed class HandlerServer(Func<HttpRequestMessage, string, (HttpStatusCode Status, string Body)> answer) : HttpMessageHandler
{
    private int _requests;

    public int Requests => _requests;

    public KommoClient Client() => new(new HttpClient(this, disposeHandler: false) { BaseAddress = new Uri("https://example.kommo.com/") });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        var sent = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var (status, body) = answer(request, sent);
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue(status == HttpStatusCode.OK ? "application/hal+json" : "application/problem+json");
        return new HttpResponseMessage(status) { Content = content, RequestMessage = request };
    }
}
