using System.Net;
using System.Net.Http.Headers;

namespace Kommo;

/// <summary>Finds the exception that an answer means (Kommo: HTTP codes).</summary>
internal static class ResponseTranslator
{
    private static readonly string[] RequestIdHeaders = ["X-Request-Id", "X-Amocrm-Requestid"];

    /// <summary>A 403 that is no JSON is the web server's page for a blocked address, not a missing right.</summary>
    public static bool IsBlock(HttpResponseMessage response, ReadOnlySpan<byte> body) =>
        response.StatusCode == HttpStatusCode.Forbidden && !LooksLikeJson(body);

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
            400 or 422 => new KommoValidationException(failure),
            401 => new KommoUnauthorizedException(failure),
            402 => new KommoPaymentRequiredException(failure),
            403 => IsBlock(response, body) ? new KommoBlockedException(failure) : new KommoForbiddenException(failure),
            404 => new KommoNotFoundException(failure),
            405 => new KommoMethodNotAllowedException(failure),
            429 => new KommoRateLimitedException(failure),
            504 => new KommoGatewayTimeoutException(failure),
            >= 500 => new KommoServerException(failure),
            >= 300 and < 400 => new KommoUnexpectedResponseException(failure, "redirects are refused", isTransient: false, RequestFate.Refused),
            408 => new KommoUnexpectedResponseException(failure, "the request took too long to arrive", isTransient: true, RequestFate.Unknown),
            >= 400 => new KommoUnexpectedResponseException(failure, "an unlisted refusal", isTransient: false, RequestFate.Refused),
            _ => new KommoUnexpectedResponseException(failure, "an unlisted status", isTransient: false, RequestFate.Unknown),
        };
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
