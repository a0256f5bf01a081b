using System.Threading.RateLimiting;

namespace TableRateLimiting.Load.Worker;

/// <summary>One of a worker's callers.</summary>
internal sealed class Caller(TableRateLimiter limiter, Target target)
{
    /// <summary>Asks for a permit and uses it, again and again: the next only when the receiver has answered.</summary>
    public async Task RepeatAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await UseOneAsync(cancellationToken);
        }
    }

    public async Task UseOneAsync(CancellationToken cancellationToken)
    {
        var asked = Clock.Now;
        while (true)
        {
            using var lease = await limiter.AcquireAsync(1, cancellationToken);
            if (lease.IsAcquired)
            {
                await target.UseAsync(asked, Clock.Now, cancellationToken);
                return;
            }

            if (!lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter))
            {
                throw new LoadException("The limiter refused and did not say when to come back.");
            }

            // Task.Delay cuts to whole milliseconds: one more, so as not to be early.
            await Task.Delay(retryAfter + TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken);
        }
    }
}
