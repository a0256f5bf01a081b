using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Kommo.Tests.Support;

namespace Kommo.Tests.Http;

public sealed class TelemetryTests
{
    [Fact]
    public async Task A_call_is_traced_and_measured_by_its_route_without_ids()
    {
        await using var server = await KommoServer.StartAsync(Answer.Problem(404, "{}"));
        using var limiter = new CountingLimiter();
        var spans = new ConcurrentQueue<Activity>();
        using var parent = new Activity("test").Start();
        using var activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Kommo",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent.TraceId == parent.TraceId ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(activities);
        var measured = new ConcurrentQueue<(string Name, string Tags)>();
        using var meters = new MeterListener { InstrumentPublished = (instrument, listener) => EnableOurs(instrument, listener) };
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) =>
            measured.Enqueue((instrument.Name, string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")))));
        meters.Start();

        await server.Client(new() { Limiter = limiter }).Companies.Notes.GetAsync(424242);

        var span = Assert.Single(spans);
        Assert.Equal("GET /api/v4/companies/notes/{id}", span.DisplayName);
        Assert.Equal(404, span.GetTagItem("http.response.status_code"));
        Assert.DoesNotContain(span.TagObjects, tag => $"{tag.Value}".Contains("424242", StringComparison.Ordinal));
        Assert.Contains(
            ("kommo.client.request.duration", "http.request.method=GET url.template=/api/v4/companies/notes/{id} http.response.status_code=404"), measured);
        Assert.Contains(
            ("kommo.client.permit.wait.duration", "http.request.method=GET url.template=/api/v4/companies/notes/{id} kommo.permit.granted=True"), measured);
    }

    private static void EnableOurs(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == "Kommo")
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }
}
