using System.Globalization;
using Azure;
using Azure.Data.Tables;
using KommoFunctions.Failures;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Storage;

/// <summary>
/// A lease on a row that carries what its holder is about. Both are written by one compare-and-swap: a holder whose time was up and whose place was
/// taken cannot write any more (fencing). It is read first, free or not, and taken by the first write; disposing gives it back.
/// </summary>
/// <remarks>
/// The lease's end goes by storage's time. A holder writes the latest that it may be now, plus the duration, and counts as the holder only until the
/// latest that it may be has come to that; another one waits until the earliest has. Whose clock is wrong does not matter.
/// </remarks>
/// <typeparam name="TState">What the row carries.</typeparam>
internal sealed partial class RowLease<TState>(VersionedRows rows, TableEntity row, TimeSpan duration, IStorageClock clock, ILogger logger) : IAsyncDisposable
    where TState : class, IRowState<TState>
{
    private const string HolderColumn = "Holder";
    private const string UntilColumn = "Until";
    private const string DurationColumn = "HeldFor";
    private const string GenerationColumn = "Generation";

    /// <summary>More than two processes' knowledge of storage's time differs by. An end further off than the duration and this is wrong.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(10);

    private static readonly string Process = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}");

    private readonly string _holder = $"{Process}/{Guid.NewGuid():N}";
    private TableEntity _row = row;
    private LeaseStatus _status = LeaseStatus.None;

    private enum LeaseStatus
    {
        /// <summary>It was only read.</summary>
        None,

        /// <summary>A write was begun; storage may have acted though its answer is lost.</summary>
        Taken,

        /// <summary>Nothing more is written: somebody else has it, or it was given back.</summary>
        Ended,
    }

    /// <summary>
    /// What the row carries, as read or written last. A value that is set here is written when the lease is given back; <see cref="SaveAsync"/> writes its argument.
    /// </summary>
    public TState State { get; set; } = TState.Read(row);

    /// <summary>Counts the times that the lease was taken.</summary>
    public long Generation { get; private set; } = row.GetInt64(GenerationColumn) ?? 0;

    /// <summary>How long another process has it yet, as read; zero when it is free. Never longer than a lease lasts.</summary>
    public TimeSpan FreeIn => clock.Now.Until(EndOf(_row), LongestWait(_row));

    /// <summary>How long this process may still act under the lease; zero when it may not.</summary>
    public TimeSpan Left => _status == LeaseStatus.Taken && _row.GetDateTimeOffset(UntilColumn) - clock.Now.Latest is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    private string Name => $"{_row.PartitionKey}/{_row.RowKey}";

    /// <summary>Takes the lease, or holds it anew, and writes the state.</summary>
    /// <exception cref="NotNowException">Another process has it: nothing was written, and nothing will be.</exception>
    public async Task SaveAsync(TState state, CancellationToken cancellationToken)
    {
        if (!await TrySaveAsync(state, cancellationToken))
        {
            throw new NotNowException($"Another process has taken {Name} over.", TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Takes the lease, or holds it anew, and writes the state.</summary>
    /// <returns>False when another process has it: nothing was written, and nothing will be.</returns>
    public async Task<bool> TrySaveAsync(TState state, CancellationToken cancellationToken)
    {
        if (_status == LeaseStatus.Ended || (_status == LeaseStatus.None && FreeIn > TimeSpan.Zero))
        {
            return false;
        }

        if (_status == LeaseStatus.None)
        {
            Generation++;
            _status = LeaseStatus.Taken;
        }

        if (!await TryWriteAsync(state, clock.Now.Latest + duration, cancellationToken))
        {
            _status = LeaseStatus.Ended;
            return false;
        }

        State = state;
        return true;
    }

    /// <summary>Gives the lease back, if it was taken and nobody else has it by now, and writes the state as it is set.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_status != LeaseStatus.Taken)
        {
            return;
        }

        _status = LeaseStatus.Ended;
        try
        {
            await TryWriteAsync(State, DateTimeOffset.UnixEpoch, CancellationToken.None);
        }
        catch (Exception e)
        {
            // What was done under the lease is done; it is free when its time is up.
            Log.NotGivenBack(logger, Name, e);
        }
    }

    private async Task<bool> TryWriteAsync(TState state, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (await TryWriteAsync(_row, state, until, cancellationToken))
        {
            return true;
        }

        // An earlier write of ours may have been carried out though storage's answer to it, and to its repetitions, never came.
        if (await rows.FindAsync(_row.PartitionKey, _row.RowKey, cancellationToken) is not { } found || found.GetString(HolderColumn) != _holder)
        {
            return false;
        }

        _row = found;
        return await TryWriteAsync(_row, state, until, cancellationToken);
    }

    private Task<bool> TryWriteAsync(TableEntity row, TState state, DateTimeOffset until, CancellationToken cancellationToken)
    {
        state.Write(row);
        row[HolderColumn] = _holder;
        row[UntilColumn] = until;
        row[DurationColumn] = duration.TotalSeconds;
        row[GenerationColumn] = Generation;
        return row.ETag == default ? rows.TryAddAsync(row, cancellationToken) : rows.TryReplaceAsync(row, cancellationToken);
    }

    /// <summary>
    /// When the lease in a row ends. An end that no process with a knowledge of storage's time can have written does not count: then it is as long after
    /// storage's own note of the last write as the lease lasts.
    /// </summary>
    private DateTimeOffset EndOf(TableEntity row)
    {
        var until = row.GetDateTimeOffset(UntilColumn) ?? DateTimeOffset.UnixEpoch;
        return until <= clock.Now.Latest + LongestWait(row) ? until : (row.Timestamp ?? DateTimeOffset.UnixEpoch) + DurationOf(row);
    }

    private TimeSpan LongestWait(TableEntity row) => DurationOf(row) + Tolerance;

    private TimeSpan DurationOf(TableEntity row) => row.GetDouble(DurationColumn) is { } seconds ? TimeSpan.FromSeconds(seconds) : duration;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The lease on {Name} could not be given back; it ends by itself")]
        public static partial void NotGivenBack(ILogger logger, string name, Exception exception);
    }
}
