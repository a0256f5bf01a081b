using System.Net;
using System.Net.Http.Headers;

namespace Kommo;

/// <summary>Finds the exception that an answer means (Kommo: HTTP codes).</summary>
internal static class ResponseTranslator
{
    private static readonly string[] RequestIdHeaders = ["X-Request-Id", "X-Amocrm-Requestid"];

    /// <summary>
    /// A 403 with a web page is the web server's answer to a blocked address. A missing right is described in JSON, and a 403 that says nothing
    /// may be anything.
    /// </summary>
    public static bool IsBlock(HttpResponseMessage response, ReadOnlySpan<byte> body) =>
        response.StatusCode == HttpStatusCode.Forbidden && IsPage(response, body);

    /// <summary>Whether a web page came instead of an answer of the API.</summary>
    public static bool IsPage(HttpResponseMessage response, ReadOnlySpan<byte> body) => body.TrimStart(" \t\r\n"u8) switch
    {
        [] or [(byte)'{' or (byte)'[', ..] => false,
        [(byte)'<', ..] => true,
        _ => response.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml",
    };

    /// <summary>How long a 429 asks to wait: by its body, else by its header, which may hold seconds or a time.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage response, KommoProblem? problem, DateTimeOffset now) =>
        problem?.RetryAfter ?? RetryAfter(response.Headers, now);

    public static bool LooksLikeJson(ReadOnlySpan<byte> body)
    {
        var start = body.TrimStart(" \t\r\n"u8);
        return !start.IsEmpty && start[0] is (byte)'{' or (byte)'[';
    }

    public static KommoException Translate(HttpRequestMessage request, HttpResponseMessage response, byte[] body, TimeProvider time)
    {
        var problem = LooksLikeJson(body) ? ProblemReader.TryRead(body) : null;
        var failure = KommoFailure.Of(request) with
        {
            StatusCode = response.StatusCode,
            RequestId = RequestId(response.Headers) ?? problem?.TraceId,
            Problem = problem,
            RetryAfter = RetryAfter(response, problem, time.GetUtcNow()),
        };
        return (int)response.StatusCode switch
        {
            429 => new KommoRateLimitedException(failure),
            504 => new KommoGatewayTimeoutException(failure),
            >= 500 => new KommoServerException(failure),
            403 when problem is not null => new KommoForbiddenException(failure),
            403 when IsPage(response, body) => new KommoBlockedException(failure),
            403 => NoAnswer("a refusal that says nothing", RequestFate.Refused),
            >= 300 and < 400 => NoAnswer("redirects are refused", RequestFate.Refused),
            408 => NoAnswer("the request took too long to arrive", RequestFate.Unknown),
            413 or 414 or 431 => new KommoUnexpectedResponseException(failure, "the request is too large", KommoErrorCategory.Rejected, RequestFate.Refused),
            421 => NoAnswer("the request reached a server that is not the account's", RequestFate.Refused),
            425 => NoAnswer("the request came too early", RequestFate.Refused),
            >= 400 when IsPage(response, body) => NoAnswer("a web page instead of the API's answer", RequestFate.Refused),
            400 or 422 => new KommoValidationException(failure),
            401 => new KommoUnauthorizedException(failure),
            402 => new KommoPaymentRequiredException(failure),
            404 => new KommoNotFoundException(failure),
            405 => new KommoMethodNotAllowedException(failure),
            >= 400 => new KommoUnexpectedResponseException(failure, "an unlisted refusal", KommoErrorCategory.Rejected, RequestFate.Refused),
            _ => NoAnswer("an unlisted status", RequestFate.Unknown),
        };

        // Something between here and the API spoke, not the API: that passes, or the account's address changes.
        KommoUnexpectedResponseException NoAnswer(string what, RequestFate fate) => new(failure, what, KommoErrorCategory.Transient, fate);
    }

    private static TimeSpan? RetryAfter(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var wait = headers.RetryAfter?.Delta ?? headers.RetryAfter?.Date - now;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    public static string? RequestId(HttpResponseHeaders headers)
    {
        foreach (var name in RequestIdHeaders)
        {
            if (headers.TryGetValues(name, out var values))
            {
                return values.FirstOrDefault();
            }
        }

        return null;
    }
}
