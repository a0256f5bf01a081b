using System.Net;
using Kommo.Http;

namespace Kommo;

/// <summary>The facts of a failed request that every <see cref="KommoException"/> carries.</summary>
/// <param name="Method">The request's method.</param>
/// <param name="RouteTemplate">The route without ids, such as <c>/api/v4/leads/{id}</c>.</param>
public sealed record KommoFailure(HttpMethod Method, string RouteTemplate)
{
    /// <summary>The answer's status; null when there was no answer.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>The id that Kommo gave the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>What Kommo described, when it answered in JSON.</summary>
    public KommoProblem? Problem { get; init; }

    /// <summary>How long Kommo, or the limiter, asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    internal static KommoFailure Of(HttpRequestMessage request) =>
        new(request.Method, request.Options.TryGetValue(KommoRequestOptions.RouteTemplate, out var route) ? route : "(no route)");

    internal string Describe(string what) => StatusCode is { } status
        ? $"{Method} {RouteTemplate}: {(int)status}, {what}"
        : $"{Method} {RouteTemplate}: {what}";
}
