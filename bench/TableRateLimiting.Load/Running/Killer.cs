namespace TableRateLimiting.Load.Running;

/// <summary>Kills a random worker now and then, and starts another in its place a moment later.</summary>
internal sealed class Killer(WorkerPool workers, double everySeconds)
{
    private const double MomentSeconds = 0.2;

    private readonly Random _random = new(1);
    private readonly List<long> _kills = [];

    /// <summary>When workers were gone, on <see cref="Clock"/>.</summary>
    public IReadOnlyList<long> Kills => _kills;

    /// <param name="until">No kill after this instant.</param>
    /// <param name="cancellationToken">Ends it before.</param>
    public async Task RunAsync(long until, CancellationToken cancellationToken)
    {
        var added = new List<Task>();
        var next = Clock.Now;
        while ((next += Clock.Of(everySeconds)) < until)
        {
            await Clock.DelayAsync(Clock.Seconds(next - Clock.Now), cancellationToken);
            if (await workers.KillAsync(_random) is { } gone)
            {
                _kills.Add(gone);
                added.Add(ReplaceAsync(cancellationToken));
            }
        }

        await Task.WhenAll(added);
    }

    private async Task ReplaceAsync(CancellationToken cancellationToken)
    {
        await Clock.DelayAsync(MomentSeconds, cancellationToken);
        await workers.AddAsync(cancellationToken);
    }
}
