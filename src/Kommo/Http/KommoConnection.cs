using System.Net;
using System.Net.Http.Headers;
using Kommo.Http;

namespace Kommo;

/// <summary>Sends calls to the account's host and turns every failure into its exception.</summary>
/// <param name="http">Reaches the host.</param>
/// <param name="signer">Signs each request; null where a token is enough.</param>
internal sealed class KommoConnection(HttpClient http, IRequestSigner? signer = null)
{
    private static readonly MediaTypeWithQualityHeaderValue[] Accepted =
        [new("application/hal+json"), new("application/json"), new("application/problem+json")];

    private readonly Uri _account = http.BaseAddress!;

    public Uri Host => _account;

    public async Task<KommoAnswer> SendAsync(KommoCall call, CancellationToken cancellationToken)
    {
        using var request = CreateRequest(call);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return Judge(call, request, response, body);
        }
        catch (HttpRequestException e)
        {
            throw ConnectionTranslator.Translate(request, e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new KommoConnectionException(KommoFailure.Of(request), RequestFate.Unknown, e);
        }
    }

    private KommoAnswer Judge(KommoCall call, HttpRequestMessage request, HttpResponseMessage response, byte[] body)
    {
        var facts = KommoFailure.Of(request) with { StatusCode = response.StatusCode, RequestId = ResponseTranslator.RequestId(response.Headers) };
        if (response.RequestMessage?.RequestUri is { } answered && !AccountAddress.SameHost(answered, _account))
        {
            throw new KommoUnexpectedResponseException(facts, "another host answered; redirects are refused", KommoErrorCategory.Transient, RequestFate.Unknown);
        }

        if (response.StatusCode == HttpStatusCode.NoContent || (call.NotFoundIsEmpty && IsNotFound(response, body)))
        {
            return new KommoAnswer(facts, response.StatusCode, body);
        }

        if (!response.IsSuccessStatusCode)
        {
            throw ResponseTranslator.Translate(request, response, body, TimeProvider.System);
        }

        return ResponseTranslator.LooksLikeJson(body) || (call.AnswerMayBeEmpty && !LooksLikeMarkup(body))
            ? new KommoAnswer(facts, response.StatusCode, body)
            : throw new KommoUnexpectedResponseException(facts, "a success that is no JSON", KommoErrorCategory.Transient, RequestFate.Unknown);
    }

    /// <summary>Kommo's own 404 is JSON or empty; a web page says that the host is not the account's any more.</summary>
    private static bool IsNotFound(HttpResponseMessage response, byte[] body) =>
        response.StatusCode == HttpStatusCode.NotFound && (body.Length == 0 || ResponseTranslator.LooksLikeJson(body));

    private static bool LooksLikeMarkup(ReadOnlySpan<byte> body) => body.TrimStart(" \t\r\n"u8) is [(byte)'<', ..];

    private HttpRequestMessage CreateRequest(KommoCall call)
    {
        var request = new HttpRequestMessage(call.Method, new Uri(_account, call.PathAndQuery));
        request.Options.Set(KommoRequestOptions.RouteTemplate, call.RouteTemplate);
        request.Options.Set(KommoRequestOptions.Repeatable, call.IsRepeatable);
        foreach (var type in Accepted)
        {
            request.Headers.Accept.Add(type);
        }

        if (http.DefaultRequestHeaders.UserAgent.Count == 0)
        {
            foreach (var product in LibraryVersion.UserAgent)
            {
                request.Headers.UserAgent.Add(product);
            }
        }

        if (call.Header is { } header)
        {
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        if (call.Body is { } body)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", call.ContentType);
        }

        signer?.Sign(request, call.Body ?? []);
        return request;
    }
}
