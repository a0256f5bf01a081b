using Azure;
using Azure.Storage.Blobs;
using KommoFunctions.Connecting;
using KommoFunctions.DeadLetters;
using KommoFunctions.Limiting;
using KommoFunctions.Outbox;
using KommoFunctions.OwnWrites;
using KommoFunctions.Splitting;
using KommoFunctions.Storage;
using KommoFunctions.Uninstalling;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Maintenance;

/// <summary>
/// Removes what is kept no longer: events seen, marks of commands sent, bodies left behind by a crash, old dead letters, the tokens of accounts that
/// removed the integration, tries to connect, the limiter's rows of hosts without an account. Each kind by itself, side by side, so that none waits
/// for another that never ends or fails.
/// </summary>
public sealed partial class Maintainer
{
    /// <summary>How long a run takes at most. What is left then is the next run's, which goes on at the same place.</summary>
    internal static readonly TimeSpan MaxRun = TimeSpan.FromMinutes(5);

    /// <summary>In each run of the timer.</summary>
    private static readonly TimeSpan Hourly = TimeSpan.Zero;

    /// <summary>Somewhat less, so that a run that begins a moment earlier than a day after the last one is not for nothing.</summary>
    private static readonly TimeSpan Daily = TimeSpan.FromHours(23.5);

    private static readonly TimeSpan KeepLimits = TimeSpan.FromDays(1);

    private readonly IReadOnlyList<ISweep> _sweeps;
    private readonly SweepProgressStore _progress;
    private readonly CoreMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal Maintainer(
        EventLog events,
        OutboxStore outbox,
        DirectWriteStore writes,
        BlobContainerClient bodies,
        DeadLetterStore deadLetters,
        RemovedSecrets secrets,
        UsedStates states,
        AccountLimiters limiters,
        SweepProgressStore progress,
        IOptions<MaintenanceOptions> options,
        CoreMetrics metrics,
        TimeProvider time,
        ILogger<Maintainer> logger)
    {
        var keep = options.Value;
        _sweeps =
        [
            new TaskSweep("Secrets", Hourly, (now, token) => secrets.DeleteAsync(now - keep.KeepSecrets, token)),
            new TaskSweep(TableNames.DeadLetters, Daily, (now, token) => deadLetters.DiscardOlderAsync(now - keep.KeepDeadLetters, token)),
            states.Sweep(Hourly),
            new TaskSweep(TableNames.Limits, Daily, (now, token) => limiters.ForgetAsync(now - KeepLimits, token)),
            writes.Sweep(Daily, keep.KeepEvents),
            outbox.Sweep(Daily, keep.KeepEvents),
            events.Sweep(Daily, keep.KeepEvents),
            deadLetters.SweepBodies(Daily),
            new DatedBlobSweep(bodies, Daily, keep.KeepBodies + keep.KeepDeadLetters),
        ];
        _progress = progress;
        _metrics = metrics;
        _time = time;
        _logger = logger;
    }

    /// <summary>What is cleaned up.</summary>
    internal IReadOnlyList<ISweep> Sweeps => _sweeps;

    /// <summary>Removes what is due, for some minutes at most. Safe to be stopped at any point and to run on several instances.</summary>
    public Task RunAsync(CancellationToken cancellationToken = default) => RunAsync(_sweeps, cancellationToken);

    internal async Task RunAsync(IReadOnlyList<ISweep> sweeps, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(MaxRun, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        await Task.WhenAll(sweeps.Select(sweep => RunAsync(sweep, either.Token)));
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task RunAsync(ISweep sweep, CancellationToken cancellationToken)
    {
        var (start, now, removed) = (_time.GetTimestamp(), _time.GetUtcNow(), 0);
        try
        {
            var progress = await _progress.ReadAsync(sweep.Name, cancellationToken);
            if (!progress.IsDue(now, sweep.Every))
            {
                return;
            }

            progress = progress with { Began = progress.Began ?? now };
            try
            {
                await foreach (var page in sweep.RunAsync(now, progress.Next, cancellationToken))
                {
                    removed += page.Removed;
                    progress = progress with { Next = page.Next };
                }

                progress = new SweepProgress(Began: null, Next: null, CleanAsOf: progress.Began);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                Log.OutOfTime(_logger, sweep.Name);
            }
            catch (RequestFailedException e) when (e.Status == 400)
            {
                // Storage does not know the place where to go on: the next run begins anew.
                progress = progress with { Next = null };
                Log.Failed(_logger, sweep.Name, e);
            }
            catch (Exception e)
            {
                Log.Failed(_logger, sweep.Name, e);
            }

            await _progress.WriteAsync(sweep.Name, progress, CancellationToken.None);
            _metrics.Swept(sweep.Name, removed, progress.CleanAsOf is { } at ? now - at : null);
            Log.Swept(_logger, sweep.Name, removed, _time.GetElapsedTime(start), progress.CleanAsOf, progress.Began is not null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Log.OutOfTime(_logger, sweep.Name);
        }
        catch (Exception e)
        {
            // Storage is away. The others may have somewhere else to go.
            Log.Failed(_logger, sweep.Name, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Kind}: {Removed} removed in {Duration}; nothing is left that was past its time at {CleanAsOf}; goes on in the next run: {IsUnfinished}")]
        public static partial void Swept(ILogger logger, string kind, int removed, TimeSpan duration, DateTimeOffset? cleanAsOf, bool isUnfinished);

        [LoggerMessage(2, LogLevel.Warning, "{Kind}: the run's time is over before all that is past its time is removed")]
        public static partial void OutOfTime(ILogger logger, string kind);

        [LoggerMessage(3, LogLevel.Error, "{Kind}: what is past its time could not be removed; the next run tries again")]
        public static partial void Failed(ILogger logger, string kind, Exception exception);
    }
}
