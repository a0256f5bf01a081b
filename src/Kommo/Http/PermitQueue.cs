using System.Collections.Concurrent;
using System.Threading.RateLimiting;

namespace Kommo.Http;

/// <summary>
/// Asks a limiter for permits. A request that got its permit too early (its connection was not open yet) waits at that connection for another,
/// and gets the next one that any request of this queue is granted: behind the others it would hold a connection that they need.
/// </summary>
internal sealed class PermitQueue(RateLimiter limiter, TimeProvider time)
{
    private readonly ConcurrentQueue<TaskCompletionSource<Permit>> _atConnections = new();

    public TimeProvider Time => time;

    /// <summary>A permit for a request that has no connection yet.</summary>
    /// <exception cref="KommoPermitUnavailableException">The limiter gives none in useful time.</exception>
    public async ValueTask<Permit> AcquireAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var permit = await AskAsync(request, cancellationToken).ConfigureAwait(false);
            if (!TryHandOver(permit))
            {
                return permit;
            }
        }
    }

    /// <summary>A permit for a request that is at an open connection: its own, or the next one of a request that is not.</summary>
    /// <exception cref="KommoPermitUnavailableException">The limiter gives none in useful time.</exception>
    public async ValueTask<Permit> AcquireAtConnectionAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Goes on where it is granted, on the same thread: nothing comes between the grant and the use.
        var place = new TaskCompletionSource<Permit>();
        using var own = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _atConnections.Enqueue(place);
        _ = AskForAsync(place, request, own.Token);
        var permit = await place.Task.ConfigureAwait(false);
        own.Cancel();
        return permit;
    }

    private async Task AskForAsync(TaskCompletionSource<Permit> place, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var permit = await AskAsync(request, cancellationToken).ConfigureAwait(false);
            if (!place.TrySetResult(permit) && !TryHandOver(permit))
            {
                permit.Lease.Dispose();
            }
        }
        catch (Exception e)
        {
            // No one hears of it when another's permit came first: then the own question was withdrawn.
            place.TrySetException(e);
        }
    }

    private bool TryHandOver(Permit permit)
    {
        while (_atConnections.TryDequeue(out var place))
        {
            if (place.TrySetResult(permit))
            {
                return true;
            }
        }

        return false;
    }

    private async ValueTask<Permit> AskAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var lease = await limiter.AcquireAsync(1, cancellationToken).ConfigureAwait(false);
        var now = time.GetTimestamp();
        KommoTelemetry.PermitWaited(request, time.GetElapsedTime(started, now), lease.IsAcquired);
        if (lease.IsAcquired)
        {
            return new Permit(lease, now);
        }

        var retryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : (TimeSpan?)null;
        lease.Dispose();
        throw new KommoPermitUnavailableException(KommoFailure.Of(request) with { RetryAfter = retryAfter });
    }
}
