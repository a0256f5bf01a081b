using System.Net;
using System.Net.Http.Headers;

namespace KommoFunctions.Intake.Load;

/// <summary>What one endpoint did in its turns.</summary>
internal sealed class Turn
{
    private static readonly TimeProvider Time = TimeProvider.System;

    private readonly List<TimeSpan> _latencies = [];
    private TimeSpan _elapsed;

    public double PerSecond => _latencies.Count / _elapsed.TotalSeconds;

    public int Count => _latencies.Count;

    /// <summary>Requests that were answered 503: storage did not answer within intake's deadline, and Kommo would come again.</summary>
    public int Refused { get; private set; }

    public TimeSpan Percentile(double share)
    {
        _latencies.Sort();
        return _latencies[Math.Min((int)(share * _latencies.Count), _latencies.Count - 1)];
    }

    /// <summary>Posts over several connections, each one request after the other, until the time is over.</summary>
    public static async Task<Turn> RunAsync(
        HttpClient http, Uri address, int connections, int bytes, TimeSpan duration, CancellationToken cancellationToken)
    {
        var turn = new Turn();
        var refused = 0;
        var start = Time.GetTimestamp();
        var lists = await Task.WhenAll(Enumerable.Range(0, connections).Select(async connection =>
        {
            var latencies = new List<TimeSpan>();
            for (long lead = connection; Time.GetElapsedTime(start) < duration; lead += connections)
            {
                try
                {
                    latencies.Add(await PostAsync(http, address, HookBody.Of(lead, bytes), cancellationToken));
                }
                catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    Interlocked.Increment(ref refused);
                }
            }

            return latencies;
        }));
        turn._elapsed = Time.GetElapsedTime(start);
        turn.Refused = refused;
        turn._latencies.AddRange(lists.SelectMany(list => list));
        return turn;
    }

    public void Add(Turn other)
    {
        _latencies.AddRange(other._latencies);
        _elapsed += other._elapsed;
        Refused += other.Refused;
    }

    public static async Task<TimeSpan> PostAsync(HttpClient http, Uri address, byte[] body, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        var sent = Time.GetTimestamp();
        using var response = await http.PostAsync(address, content, cancellationToken);
        var latency = Time.GetElapsedTime(sent);
        response.EnsureSuccessStatusCode();
        return latency;
    }
}
