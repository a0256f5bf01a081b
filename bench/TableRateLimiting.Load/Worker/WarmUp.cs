using Azure.Data.Tables;


namespace TableRateLimiting.Load.Worker;

/// <summary>
/// Lets a new process compile what it will need, so that the run shows the limiter and not the JIT compiler: two limiters of
/// the same row, so that conflicts and waits are met too, past the proxy, so that nothing of it is counted. Then it opens its
/// connection to the proxy with a request that does not count either.
/// </summary>
internal static class WarmUp
{
    private const int PermitsEach = 6;

    public static async Task RunAsync(WorkerSettings settings, CancellationToken cancellationToken)
    {
        var row = $"warm-up-{settings.Number}";
        await using var one = New(settings, row);
        await using var other = New(settings, row);
        await Task.WhenAll(Enumerable.Range(0, 2 * PermitsEach).Select(async i =>
        {
            // Refused or not: on a busy machine the first requests may time out, and what is compiled is compiled.
            using var lease = await (i % 2 == 0 ? one : other).AcquireAsync(1, cancellationToken);
        }));
        await new TableServiceClient(settings.Counted).GetPropertiesAsync(cancellationToken);
    }

    private static TableRateLimiter New(WorkerSettings settings, string row) =>
        WorkerRole.NewLimiter(settings, settings.Direct, row);
}
