using KommoFunctions.Failures;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Storage;

/// <summary>
/// Creates missing queues and tables beside the start, not before it: a hook that arrives at a cold instance must not wait for that.
/// </summary>
internal sealed partial class StorageWarmup(StorageProvisioner provisioner, TimeProvider time, ILogger<StorageWarmup> logger) : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await provisioner.EnsureCreatedAsync(stoppingToken);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (FailureClassifier.IsStorageAway(e) || e is OperationCanceledException)
            {
                Log.NotProvisioned(logger, RetryDelay, e);
                await Task.Delay(RetryDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The queues and tables could not be created yet; trying again in {Delay}")]
        public static partial void NotProvisioned(ILogger logger, TimeSpan delay, Exception exception);
    }
}
