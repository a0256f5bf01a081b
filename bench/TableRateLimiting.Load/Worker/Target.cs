using System.Globalization;

namespace TableRateLimiting.Load.Worker;

/// <summary>The receiver as a worker sees it: one request uses one permit.</summary>
internal sealed class Target(Uri address, int number) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
        UseCookies = false,
        UseProxy = false,
    })
    { BaseAddress = address };

    public void Dispose() => _client.Dispose();

    /// <param name="asked">When the permit was asked for, on <see cref="Clock"/>.</param>
    /// <param name="granted">When it was there.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task UseAsync(long asked, long granted, CancellationToken cancellationToken) => SendAsync(number, asked, granted, cancellationToken);

    /// <summary>Opens as many connections as there are callers; the receiver does not count these requests.</summary>
    public async Task WarmUpAsync(int connections, CancellationToken cancellationToken)
    {
        for (var round = 0; round < 3; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => SendAsync(-1, 0, 0, cancellationToken)));
        }
    }

    private async Task SendAsync(int sender, long asked, long granted, CancellationToken cancellationToken)
    {
        using var answer = await _client.GetAsync(
            string.Create(CultureInfo.InvariantCulture, $"{sender}/{asked}/{granted}"), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
