using Microsoft.Extensions.Logging;
using TableRateLimiting.Machine;
using TableRateLimiting.Storage;

namespace TableRateLimiting.Internal;

/// <summary>Sends the machine's requests to storage, each with a deadline, and sets the clock by the answers.</summary>
internal sealed partial class StorageGateway(IGrantStore store, StorageClock clock, Settings settings, TimeProvider time, LimiterMetrics metrics, ILogger logger)
{
    /// <summary>Carries out one request.</summary>
    /// <returns>The answer, or why there is none: then it may have been carried out or not.</returns>
    /// <exception cref="OperationCanceledException">The token says so.</exception>
    public async Task<(StorageAnswer Answer, Exception? Failure)> AskAsync(StorageOperation operation, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(settings.AttemptTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return (await SendAsync(operation, either.Token), null);
        }
        catch (OperationCanceledException late) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (default, new TimeoutException($"Storage did not answer within {settings.AttemptTimeout}.", late));
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return (default, failure);
        }
    }

    private async Task<StorageAnswer> SendAsync(StorageOperation operation, CancellationToken cancellationToken)
    {
        switch (operation)
        {
            case StorageOperation.Read:
                return new StorageAnswer(await TimedAsync(store.ReadAsync, cancellationToken));
            case StorageOperation.Write write:
                var version = await TimedAsync(token => store.TryWriteAsync(write.Record, write.Version, token), cancellationToken);
                return new StorageAnswer(version is null ? null : new StoredRecord(write.Record, version));
            default:
                await TimedAsync(store.ProbeAsync, cancellationToken);
                return default;
        }
    }

    /// <summary>The Date header alone never replaces a finer bound: front ends differ.</summary>
    private async Task<T> TimedAsync<T>(Func<CancellationToken, Task<Answer<T>>> request, CancellationToken cancellationToken)
    {
        var sending = clock.Send();
        metrics.Asked();
        var answer = await request(cancellationToken);
        if (answer.Stamp is { } stamp && (answer.Exact || clock.Uncertainty is null) && !clock.Observe(sending, stamp))
        {
            Log.ClockMoved(logger);
        }

        return answer.Value;
    }

    private static partial class Log
    {
        [LoggerMessage(3, LogLevel.Information, "The storage service's time contradicts earlier answers; the latest is believed.")]
        public static partial void ClockMoved(ILogger logger);
    }
}
