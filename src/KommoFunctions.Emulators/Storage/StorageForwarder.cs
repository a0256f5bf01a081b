using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KommoFunctions.Emulators.Storage;

/// <summary>Passes one request on and its answer back, byte for byte, streaming both bodies.</summary>
internal sealed class StorageForwarder : IDisposable
{
    /// <summary>Headers that concern one connection, not the message (RFC 9110, 7.6.1).</summary>
    private static readonly HashSet<string> HopByHop = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect",
    };

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
    });

    public void Dispose() => _client.Dispose();

    public async Task<HttpResponseMessage> AskAsync(HttpContext context, int backendPort)
    {
        using var request = Translate(context, backendPort);
        return await _client.SendAsync(request, context.RequestAborted);
    }

    public static async Task AnswerAsync(HttpContext context, HttpResponseMessage answer)
    {
        var response = context.Response;
        response.StatusCode = (int)answer.StatusCode;
        context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = answer.ReasonPhrase;
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
        {
            if (!HopByHop.Contains(name))
            {
                response.Headers[name] = values.ToArray();
            }
        }

        if (response.StatusCode == StatusCodes.Status204NoContent)
        {
            response.ContentLength = null;
            return;
        }

        if (!HttpMethods.IsHead(context.Request.Method) && response.StatusCode != StatusCodes.Status304NotModified)
        {
            await answer.Content.CopyToAsync(response.Body, context.RequestAborted);
        }
    }

    private static HttpRequestMessage Translate(HttpContext context, int backendPort)
    {
        var incoming = context.Request;
        // The raw target, since its escapes are part of what the caller signed.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var outgoing = new HttpRequestMessage(
            HttpMethod.Parse(incoming.Method),
            new Uri($"http://127.0.0.1:{backendPort}{target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (context.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody)
        {
            outgoing.Content = new StreamContent(incoming.Body);
        }
        else if (incoming.ContentLength == 0)
        {
            outgoing.Content = new ByteArrayContent([]);
        }

        foreach (var (name, values) in incoming.Headers)
        {
            if (!HopByHop.Contains(name) && !outgoing.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                outgoing.Content ??= new ByteArrayContent([]);
                outgoing.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        return outgoing;
    }
}
