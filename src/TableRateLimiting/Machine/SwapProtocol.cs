using Microsoft.Extensions.Logging;
using TableRateLimiting.Grants;
using TableRateLimiting.Storage;

namespace TableRateLimiting.Machine;

/// <summary>
/// Changes the record by compare-and-swap until the change is in, one swap at a time. A write whose answer was lost is never taken for undone:
/// the record is read again, and a swap found in it by its name counts.
/// </summary>
internal sealed partial class SwapProtocol(LimiterContext context)
{
    private const long FirstPauseInLeads = 4;
    private const long MaxPause = TimeSpan.TicksPerSecond / 2;

    /// <summary>A far-away service stays uncertain however often it is asked.</summary>
    private const long ProbeAgainAfter = 30 * TimeSpan.TicksPerSecond;

    private readonly RecordKnowledge _record = new();
    private readonly string _writer = context.Random.NextInt64().ToString("x16", null);
    private readonly List<(string Name, SwapPlan Plan)> _tried = [];

    private SlotReserver? _reserver;
    private StorageOperation? _asked;
    private long _askedAt;
    private bool _looking;
    private bool _guessed;
    private bool _doubtful;
    private StoredRecord _basis = new(GrantRecord.Empty, null);
    private int _attempt;
    private long _began;
    private long? _failingSince;
    private long? _probedAt;
    private long _sequence;

    /// <summary>The record as this process last saw it, or null before the first answer.</summary>
    public GrantRecord? LastSeen => _record.LastSeen;

    /// <summary>When the record was last seen.</summary>
    public long SeenAt => _record.SeenAt;

    /// <summary>Whether other processes write as well.</summary>
    public bool Shared => _record.Shared;

    /// <summary>How long a swap that begins now is likely to take.</summary>
    public long Expected => context.Lead.Current * (_record.Guesses ? 1 : 2);

    /// <summary>Whether a swap or a look is under way.</summary>
    public bool Busy => _asked is not null || ResumeAt is not null;

    /// <summary>When the swap under way makes its next attempt; null: it does not wait.</summary>
    public long? ResumeAt { get; private set; }

    /// <summary>Begins a swap.</summary>
    public SwapStep Start(SlotReserver reserver)
    {
        (_reserver, _looking, _doubtful, _attempt, _failingSince) = (reserver, false, false, 0, null);
        _tried.Clear();
        return Attempt();
    }

    /// <summary>Begins to read the record, after a write that proves that storage takes writes if that is asked for.</summary>
    public SwapStep Look(bool probe)
    {
        _looking = true;
        return Ask(probe ? new StorageOperation.Probe() : new StorageOperation.Read());
    }

    /// <summary>Makes the next attempt.</summary>
    public SwapStep Resume()
    {
        ResumeAt = null;
        _attempt++;
        return Attempt();
    }

    /// <summary>Storage answered what was asked.</summary>
    public SwapStep Answered(StorageAnswer answer)
    {
        var asked = _asked;
        _asked = null;
        return asked switch
        {
            StorageOperation.Probe => Probed(),
            StorageOperation.Read => Read(answer.Stored!),
            _ => Written(answer.Stored),
        };
    }

    /// <summary>Storage did not answer, or not as it should: the request may have been carried out or not.</summary>
    public SwapStep Failed(Exception failure)
    {
        _asked = null;
        if (_looking)
        {
            return new SwapStep.LookFailed(failure);
        }

        _record.Lost();
        _doubtful = _tried.Count > 0;
        _failingSince ??= _began;
        Log.AttemptFailed(context.Logger, _attempt + 1, failure);
        return context.Now - _failingSince >= context.Settings.FallbackAfter ? new SwapStep.Away(_failingSince.Value, failure) : Pause();
    }

    /// <summary>Gives up whatever is under way.</summary>
    public void Abandon()
    {
        (_asked, ResumeAt) = (null, null);
        _record.Lost();
    }

    private SwapStep Attempt()
    {
        _began = context.Now;
        return NeedsProbe() ? Probe() : Base();
    }

    private SwapStep.Ask Ask(StorageOperation operation)
    {
        (_asked, _askedAt) = (operation, context.Now);
        return new SwapStep.Ask(operation);
    }

    /// <summary>Without the service's time there is nothing to book by; a wide guess would cost every process capacity, so a probe narrows it.</summary>
    private bool NeedsProbe() => context.Moment.Service is not { Uncertainty: var uncertainty }
        || (uncertainty > context.Settings.ClockTolerance && !(context.Now - _probedAt <= ProbeAgainAfter));

    private SwapStep.Ask Probe()
    {
        _probedAt = context.Now;
        return Ask(new StorageOperation.Probe());
    }

    private SwapStep Probed() => context.Moment.Service is null
        ? Failed(new InvalidDataException("Storage answered without a time: neither a dated ETag nor a Date header."))
        : _looking ? Ask(new StorageOperation.Read())
        : Base();

    /// <summary>From the record last seen, where that pays, or from the one that is there.</summary>
    private SwapStep Base()
    {
        _guessed = _attempt == 0 && _record.Guesses;
        return _guessed ? Make(_record.Known!) : Ask(new StorageOperation.Read());
    }

    private SwapStep Read(StoredRecord stored)
    {
        _record.Read(stored, context.Now);
        if (_looking)
        {
            return new SwapStep.Looked();
        }

        _guessed = false;
        var found = _tried.FindLastIndex(tried => stored.Record.Swaps.Contains(tried.Name));
        if (found >= 0)
        {
            Log.Recognised(context.Logger, _tried[found].Name);
            return new SwapStep.Done(_tried[found].Plan);
        }

        return Make(stored);
    }

    private SwapStep Make(StoredRecord basis)
    {
        if (context.Moment.Service is not { } service)
        {
            // A freeze since the probe.
            return Probe();
        }

        var (next, plan) = _reserver!.Make(basis.Record, service, Shared, _doubtful);
        if (next is not null)
        {
            var name = $"{_writer}-{++_sequence}";
            _tried.Add((name, plan));
            _basis = basis;
            return Ask(new StorageOperation.Write(next.Swapped(name), basis.Version));
        }

        // Nothing to write is an answer too, and not to be given from a record that may be stale.
        return _guessed ? Ask(new StorageOperation.Read()) : new SwapStep.Done(plan);
    }

    private SwapStep Written(StoredRecord? stored)
    {
        context.Lead.Written(context.Now - _askedAt);
        if (_guessed || stored is null)
        {
            _record.Guessed(right: stored is not null);
        }

        if (stored is null)
        {
            _failingSince = null;
            _record.Lost();
            context.Metrics.Conflicted();
            return Pause();
        }

        _record.Written(stored, _basis.Record, _writer, context.Now);
        context.Metrics.Swapped();
        return new SwapStep.Done(_tried[^1].Plan);
    }

    /// <summary>
    /// Full jitter: anything from nothing to a bound that doubles. It starts at a few swaps, since processes that do not know each other yet collide all
    /// at once. There is less hurry where others have booked ahead: the next free instant is that far away.
    /// </summary>
    private SwapStep.Wait Pause()
    {
        var bound = Math.Max(FirstPauseInLeads * context.Lead.Current << Math.Min(_attempt, 10), BookedAhead() / 4);
        ResumeAt = context.Now + (long)(context.Random.NextDouble() * Math.Min(MaxPause, bound));
        return new SwapStep.Wait(ResumeAt.Value);
    }

    private long BookedAhead() => LastSeen is { Grants: [.., var last] } && context.Moment.Service is { Offset: var offset }
        ? Math.Max(0, last.From - offset - context.Now)
        : 0;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Swap {Swap} is in the record although its answer was lost or said otherwise.")]
        public static partial void Recognised(ILogger logger, string swap);

        [LoggerMessage(2, LogLevel.Warning, "Attempt {Attempt} at the limiter's record failed.")]
        public static partial void AttemptFailed(ILogger logger, int attempt, Exception failure);
    }
}
