using Kommo.Simulator.Api;
using Kommo.Simulator.OAuth;
using Kommo.Simulator.Statistics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Limits;

/// <summary>
/// Stamps each request as the first thing that happens to it, and then refuses those above the limit, the token endpoint's
/// included. The simulator's own pages and the consent page, which lives on another host at Kommo, are free.
/// </summary>
internal sealed class RequestGate(KommoSimulatorOptions options, RequestLimit limit, StatisticsRecorder statistics)
{
    public Task StampAsync(HttpContext http, RequestDelegate next)
    {
        long arrival = options.TimeProvider.GetTimestamp();
        if (IsCounted(http.Request.Path))
        {
            http.Items[typeof(RequestGate)] = new Arrival(arrival, limit.Admit(arrival));
        }

        return next(http);
    }

    /// <summary>Runs after routing, which knows the route's name for the statistics.</summary>
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Items[typeof(RequestGate)] is not Arrival arrival)
        {
            if (http.Request.Path.StartsWithSegments("/v1.0", StringComparison.Ordinal) || http.Request.Path.StartsWithSegments("/v2", StringComparison.Ordinal))
            {
                statistics.RecordElsewhere(RouteName(http));
            }

            await next(http);
            return;
        }

        statistics.RecordRequest(arrival.At, RouteName(http), http.Request.Path == OAuthRoutes.TokenPath, arrival.Admission);
        await (arrival.Admission switch
        {
            Admission.Admitted => next(http),
            Admission.TooMany => http.WriteAsync(Reply.TooMany(options.RetryAfter)),
            _ => http.WriteHtmlAsync(403, HtmlPages.Forbidden),
        });
    }

    private static bool IsCounted(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/oauth2", StringComparison.OrdinalIgnoreCase);

    private static string RouteName(HttpContext http)
    {
        string? pattern = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        return pattern is null
            ? "unknown"
            : $"{http.Request.Method} {pattern.Replace(":long", "", StringComparison.Ordinal)}";
    }

    private sealed record Arrival(long At, Admission Admission);
}
