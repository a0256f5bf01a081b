using Microsoft.Extensions.Logging;

namespace TableRateLimiting.Internal;

/// <summary>Storage did not take a swap for as long as the options allow.</summary>
internal sealed class StorageUnavailableException(long since, Exception cause)
    : Exception("The limiter's storage does not answer.", cause)
{
    /// <summary><see cref="StorageClock.Elapsed"/> at the start of the first request that failed.</summary>
    public long Since { get; } = since;
}

/// <summary>
/// Changes the record by compare-and-swap until the change is in, one swap of this process at a time. A write whose answer was lost is
/// never taken for undone: the record is read again, and a swap found in it by its name counts.
/// </summary>
internal sealed partial class GrantSwapper(
    IGrantStore store, StorageClock clock, LeadEstimator lead, Settings settings, TimeProvider time, Random random, LimiterMetrics metrics, ILogger logger)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    /// <summary>A far-away service stays uncertain however often it is asked.</summary>
    private const long ProbeAgainAfter = 30 * TimeSpan.TicksPerSecond;

    /// <summary>So many swaps in a row without another process's between them show that there is none.</summary>
    private const int SwapsUntilAlone = 4;

    private readonly Turns _turns = new();
    private readonly string _writer = random.NextInt64().ToString("x16", null);

    private long _sequence;
    private int _shared;
    private long _seenAt = long.MinValue;
    private double _cachePays = 1;
    private long? _probedAt;
    private StoredRecord? _known;
    private volatile GrantRecord? _lastSeen;

    /// <summary>The record as this process last saw it, or null before the first answer.</summary>
    public GrantRecord? LastSeen => _lastSeen;

    /// <summary>When the record was last seen, on the scale of <see cref="StorageClock.Elapsed"/>.</summary>
    public long SeenAt => Volatile.Read(ref _seenAt);

    /// <summary>Whether other processes write as well: what was last seen here is likely not to be the whole any more.</summary>
    public bool Shared => Volatile.Read(ref _shared) > 0;

    /// <summary>How long a swap that begins now is likely to take.</summary>
    public long Expected => lead.Current * (Guesses ? 1 : 2);

    /// <summary>Whether a swap begins with the record last seen, which saves a trip where that is still the current one.</summary>
    private bool Guesses => _known is not null && _cachePays > 0.5;

    /// <summary>Applies a change.</summary>
    /// <param name="change">
    /// Called with the record for each attempt, and with whether an earlier one may have gone in unnoticed; gives the new record (null when there
    /// is nothing to write) and what to return when that is in.
    /// </param>
    /// <param name="cancellationToken">Ends the attempts. A write under way may still arrive.</param>
    /// <exception cref="StorageUnavailableException">Storage failed for longer than <see cref="TableRateLimiterOptions.FallbackAfter"/>.</exception>
    public Task<T> SwapAsync<T>(Func<GrantRecord, bool, (GrantRecord? Next, T Result)> change, CancellationToken cancellationToken) =>
        _turns.TakeAsync(() => SwapInTurnAsync(change, cancellationToken), cancellationToken);

    /// <summary>Proves that storage takes writes, and reads the record.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken) => _turns.TakeAsync(
        async () =>
        {
            await AskAsync(store.ProbeAsync, cancellationToken);
            return await ReadAsync(cancellationToken);
        },
        cancellationToken);

    /// <summary>Reads the record.</summary>
    public Task LookAsync(CancellationToken cancellationToken) => _turns.TakeAsync(() => ReadAsync(cancellationToken), cancellationToken);

    private async Task<T> SwapInTurnAsync<T>(Func<GrantRecord, bool, (GrantRecord? Next, T Result)> change, CancellationToken cancellationToken)
    {
        var tried = new List<(string Name, T Result)>();
        long? failingSince = null;
        var doubtful = false;
        for (var attempt = 0; ; attempt++)
        {
            var began = clock.Elapsed;
            try
            {
                await SynchroniseAsync(cancellationToken);
                var guessed = attempt == 0 && Guesses;
                var basis = guessed ? _known! : await ReadAsync(cancellationToken);
                foreach (var (name, result) in tried.AsEnumerable().Reverse())
                {
                    if (basis.Record.Swaps.Contains(name))
                    {
                        Log.Recognised(logger, name);
                        return result;
                    }
                }

                var (next, outcome) = change(basis.Record, doubtful);
                if (next is null && guessed)
                {
                    // Nothing to write is an answer too, and not to be given from a record that may be stale.
                    (basis, guessed) = (await ReadAsync(cancellationToken), false);
                    (next, outcome) = change(basis.Record, doubtful);
                }

                if (next is null)
                {
                    return outcome;
                }

                tried.Add(($"{_writer}-{++_sequence}", outcome));
                var written = await WriteAsync(next.Swapped(tried[^1].Name), basis.Version, cancellationToken);
                if (guessed)
                {
                    Guessed(right: written);
                }

                if (written)
                {
                    NoticeOthers(basis.Record);
                    metrics.Swapped();
                    return outcome;
                }

                failingSince = null;
                metrics.Conflicted();
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested && failure is not StorageUnavailableException)
            {
                _known = null;
                doubtful = tried.Count > 0;
                failingSince ??= began;
                Log.AttemptFailed(logger, attempt + 1, failure);
                if (clock.Elapsed - failingSince >= settings.FallbackAfter)
                {
                    throw new StorageUnavailableException(failingSince.Value, failure);
                }
            }

            await PauseAsync(attempt, cancellationToken);
        }
    }

    /// <summary>Without the service's time there is nothing to book by; a wide guess would cost every process capacity, so a probe narrows it.</summary>
    private async Task SynchroniseAsync(CancellationToken cancellationToken)
    {
        var uncertainty = clock.Uncertainty;
        if (uncertainty is null || (uncertainty > settings.ClockTolerance && clock.Elapsed - _probedAt > ProbeAgainAfter))
        {
            _probedAt = clock.Elapsed;
            await AskAsync(store.ProbeAsync, cancellationToken);
        }

        if (clock.Uncertainty is null)
        {
            throw new InvalidDataException("Storage answered without a time: neither a dated ETag nor a Date header.");
        }
    }

    private async Task<StoredRecord> ReadAsync(CancellationToken cancellationToken)
    {
        var before = _known;
        var stored = await AskAsync(store.ReadAsync, cancellationToken);
        if (before is not null)
        {
            Guessed(right: before.Version == stored.Version);
        }

        Saw(stored);
        return stored;
    }

    private async Task<bool> WriteAsync(GrantRecord record, string? version, CancellationToken cancellationToken)
    {
        var sent = clock.Elapsed;
        var written = await AskAsync(token => store.TryWriteAsync(record, version, token), cancellationToken);
        lead.Written(clock.Elapsed - sent);
        if (written is null)
        {
            _known = null;
            return false;
        }

        Saw(new StoredRecord(record, written));
        return true;
    }

    private void Saw(StoredRecord stored)
    {
        Volatile.Write(ref _seenAt, clock.Elapsed);
        _known = stored;
        _lastSeen = stored.Record;
    }

    /// <summary>
    /// The record last seen saves a trip while nobody else writes. Where others do, its version is usually stale, and a swap that
    /// fails costs two trips more: after one wrong guess it reads until a few guesses would have been right.
    /// </summary>
    private void Guessed(bool right) => _cachePays = right ? _cachePays + ((1 - _cachePays) / 4) : _cachePays / 4;

    private void NoticeOthers(GrantRecord before)
    {
        var other = before.Swaps is [.., var last] && !last.StartsWith(_writer, StringComparison.Ordinal);
        Volatile.Write(ref _shared, other ? SwapsUntilAlone : Math.Max(0, _shared - 1));
    }

    /// <summary>One request, with a deadline, and the clock set by its answer. The Date header alone never replaces a finer bound: front ends differ.</summary>
    private async Task<T> AskAsync<T>(Func<CancellationToken, Task<Answer<T>>> request, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(settings.AttemptTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var sending = clock.Send();
        metrics.Asked();
        Answer<T> answer;
        try
        {
            answer = await request(either.Token);
        }
        catch (OperationCanceledException late) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Storage did not answer within {settings.AttemptTimeout}.", late);
        }

        if (answer.Stamp is { } stamp && (answer.Exact || clock.Uncertainty is null) && !clock.Observe(sending, stamp))
        {
            Log.ClockMoved(logger);
        }

        return answer.Value;
    }

    /// <summary>Full jitter: anything from nothing to a bound that doubles, starting at what a swap takes.</summary>
    private Task PauseAsync(int attempt, CancellationToken cancellationToken)
    {
        var bound = Math.Min(LongestPause.Ticks, lead.Current << Math.Min(attempt, 10));
        return Task.Delay(TimeSpan.FromTicks((long)(random.NextDouble() * bound)), time, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Swap {Swap} is in the record although its answer was lost or said otherwise.")]
        public static partial void Recognised(ILogger logger, string swap);

        [LoggerMessage(2, LogLevel.Warning, "Attempt {Attempt} at the limiter's record failed.")]
        public static partial void AttemptFailed(ILogger logger, int attempt, Exception failure);

        [LoggerMessage(3, LogLevel.Information, "The storage service's time contradicts earlier answers; the latest is believed.")]
        public static partial void ClockMoved(ILogger logger);
    }
}
