using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Kommo.Http;

/// <summary>
/// Traces and metrics, under the name <c>Kommo</c> and OpenTelemetry's HTTP client conventions. Tags hold the method, the
/// route and the status, never an id.
/// </summary>
internal static class KommoTelemetry
{
    public const string Name = "Kommo";

    private static readonly ActivitySource Source = new(Name, LibraryVersion.Version);
    private static readonly Meter Meter = new(Name, LibraryVersion.Version);

    private static readonly Histogram<double> AttemptDuration = Meter.CreateHistogram<double>(
        "kommo.client.request.duration", "s", "How long one attempt took, from connecting to the last byte of the answer.");

    private static readonly Histogram<double> PermitWait = Meter.CreateHistogram<double>(
        "kommo.client.permit.wait.duration", "s", "How long one attempt waited for the rate limiter.");

    public static Activity? StartCall(HttpRequestMessage request)
    {
        var route = KommoFailure.Of(request).RouteTemplate;
        var activity = Source.StartActivity($"{request.Method.Method} {route}", ActivityKind.Client);
        activity?.SetTag("http.request.method", request.Method.Method);
        activity?.SetTag("url.template", route);
        activity?.SetTag("server.address", request.RequestUri?.Host);
        return activity;
    }

    /// <param name="request">The request.</param>
    /// <param name="elapsed">How long it took.</param>
    /// <param name="outcome">The status of the answer, or the name of the exception.</param>
    public static void Attempted(HttpRequestMessage request, TimeSpan elapsed, string outcome)
    {
        if (AttemptDuration.Enabled)
        {
            var key = char.IsAsciiDigit(outcome[0]) ? "http.response.status_code" : "error.type";
            var tags = Tags(request);
            tags.Add(key, outcome);
            AttemptDuration.Record(elapsed.TotalSeconds, tags);
        }
    }

    public static void PermitWaited(HttpRequestMessage request, TimeSpan elapsed, bool granted)
    {
        if (PermitWait.Enabled)
        {
            var tags = Tags(request);
            tags.Add("kommo.permit.granted", granted);
            PermitWait.Record(elapsed.TotalSeconds, tags);
        }
    }

    private static TagList Tags(HttpRequestMessage request) => new()
    {
        { "http.request.method", request.Method.Method },
        { "url.template", KommoFailure.Of(request).RouteTemplate },
    };
}
