using Microsoft.Extensions.Logging;
using TableRateLimiting.Internal;

namespace TableRateLimiting.Machine;

/// <summary>
/// The limiter of one process as a state machine: inputs change it and leave effects behind, which the shell takes and carries out. It knows no
/// thread, no clock and no I/O: the shell gives it the time with each input, one input at a time.
/// </summary>
internal sealed partial class LimiterMachine
{
    private readonly LimiterContext _context;
    private readonly PermitQueue _queue;
    private readonly UnwrittenChanges _changes = new();
    private readonly FallbackShare _fallback;
    private readonly SwapProtocol _protocol;
    private readonly WaitEstimator _estimator;
    private readonly SlotReclaimer _reclaimer;
    private readonly SlotReserver _reserver;
    private readonly SwapScheduler _scheduler;
    private readonly StorageProbe _probe;

    private List<Effect> _effects = [];
    private long _arrivals;
    private int _freezes;
    private bool _surplus;
    private bool _starting;
    private bool _ended;

    public LimiterMachine(Settings settings, Random random, LimiterMetrics metrics, ILogger logger, Moment start)
    {
        _context = new LimiterContext(settings, random, metrics, logger) { Moment = start };
        _freezes = start.Freezes;
        _queue = new PermitQueue(settings);
        _fallback = new FallbackShare(settings);
        _protocol = new SwapProtocol(_context);
        _estimator = new WaitEstimator(_context, _queue, _changes, _protocol, _fallback);
        _reclaimer = new SlotReclaimer(_context, _queue, _changes, _estimator, _fallback);
        _reserver = new SlotReserver(_context, _queue, _changes);
        _scheduler = new SwapScheduler(_context, _queue, _estimator, _protocol);
        _probe = new StorageProbe(_context, _queue, _estimator, _protocol, _fallback);
    }

    /// <summary>Permits waited for.</summary>
    public int Waiting => _queue.Waiting;

    /// <summary>Whether nobody waits.</summary>
    public bool IsEmpty => _queue.IsEmpty;

    /// <summary>The instant of the latest permit used in this process, or null before the first.</summary>
    public long? LastUse { get; private set; }

    /// <summary>Permits that this process knows to be free.</summary>
    public int Free => _estimator.Free();

    /// <summary>Permits that this process knows to be free and that nobody waits for.</summary>
    public int Available => Math.Max(0, Free - _queue.Unmet(_context.Now).Sum(request => request.Permits));

    /// <summary>The first instant that a booking begun now can have: behind its swap and half as much again.</summary>
    public long Soonest => _context.Now + (_protocol.Expected * 3 / 2);

    /// <summary>The time at which the next input comes in.</summary>
    public void Observe(Moment moment) => _context.Moment = moment;

    /// <summary>What is to be done, in this order. It is handed out once.</summary>
    public IReadOnlyList<Effect> TakeEffects()
    {
        var effects = _effects;
        _effects = [];
        return effects;
    }

    /// <summary>A caller comes in.</summary>
    public void Enter(QueuedRequest request)
    {
        request.Arrive(++_arrivals, _context.Now, request.Background ? _context.Settings.BackgroundMaxWait : _context.Settings.MaxWait);
        var (expected, atOnce) = _estimator.Expect(request);
        request.Counts = !atOnce;
        var leaving = _ended || expected > request.Deadline ? null : atOnce ? [] : _queue.MakeRoom(request.Permits);
        if (leaving is null)
        {
            LookIfStale();
            Refuse(request, expected);
            return;
        }

        leaving.ForEach(evicted => Refuse(evicted, expected));
        _queue.Add(request);
        Advance();
    }

    /// <summary>A caller gives up; its slot, if it had one, goes to the next of this process, or else back into the record.</summary>
    /// <returns>Whether it still waited.</returns>
    public bool Leave(QueuedRequest request)
    {
        var waited = _queue.Remove(request);
        if (waited)
        {
            Advance();
        }

        return waited;
    }

    /// <summary>Whether a caller that woke with its permits may use them now. If not, the shell has it queue again.</summary>
    public bool Use(QueuedRequest request, PermitOutcome outcome)
    {
        _context.Margin.Woke(_context.Now - Math.Max(outcome.Slot.Instant, request.Arrived));
        if (!_reclaimer.Usable(outcome))
        {
            return false;
        }

        LastUse = _context.Now;
        return true;
    }

    /// <summary>A caller woke too late: its permits are void and it waits again, at its old place.</summary>
    public void Requeue(QueuedRequest request, PermitOutcome outcome)
    {
        _reclaimer.Void(outcome.Slot);
        if (_ended)
        {
            _effects.Add(new Effect.Decide(request, PermitOutcome.Refuse(null)));
            return;
        }

        _queue.Add(request);
        Advance();
    }

    /// <summary>Whether permits granted ahead of their instant may be used now.</summary>
    public bool Redeem(PermitOutcome outcome)
    {
        _context.Margin.Woke(_context.Now - outcome.Slot.Instant);
        if (!_reclaimer.Usable(outcome) || _reclaimer.Paused(outcome.Slot))
        {
            return false;
        }

        LastUse = _context.Now;
        return true;
    }

    /// <summary>Permits granted ahead of their instant will not be used: they go to the next of this process, or else back into the record.</summary>
    public void Return(PermitOutcome outcome)
    {
        if (_reclaimer.Usable(outcome) && !_fallback.Active)
        {
            _queue.Book(outcome.Slot);
        }
        else
        {
            _reclaimer.Void(outcome.Slot);
        }

        Advance();
    }

    /// <summary>Takes permits that are booked, due, and not waited for.</summary>
    public bool Take(int permits)
    {
        if (!_queue.MayPass || _freezes != _context.Moment.Freezes || !_queue.TakeDue(permits, _context.Now))
        {
            return false;
        }

        LastUse = _context.Now;
        return true;
    }

    /// <summary>When a caller that came now would have its permits.</summary>
    public TimeSpan RetryAfter(PermitRequest request)
    {
        LookIfStale();
        return _estimator.Until(_estimator.Expect(new QueuedRequest(request with { Deadline = long.MaxValue }).Arrive(_arrivals + 1, _context.Now, 0)).Instant);
    }

    /// <summary>Stops this process at once and the others as soon as they see it; what is booked before the end is taken back.</summary>
    public void Pause(long until, PauseRequest request)
    {
        _changes.PauseUntil(until);
        _reclaimer.DropPaused();
        Change(request);
    }

    /// <summary>Lifts the pause.</summary>
    public void Resume(PauseRequest request)
    {
        _changes.Lift();
        Change(request);
    }

    /// <summary>The time has come that the timer was set to.</summary>
    public void Tick() => Advance();

    /// <summary>The swap asked for begins.</summary>
    public void Start()
    {
        _starting = false;
        if (!_ended)
        {
            Go(_protocol.Start(_reserver));
        }
    }

    /// <summary>The request to storage was answered.</summary>
    public void Answered(StorageAnswer answer)
    {
        if (!_ended)
        {
            Go(_protocol.Answered(answer));
        }
    }

    /// <summary>The request to storage failed; it may have been carried out or not.</summary>
    public void Failed(Exception failure)
    {
        if (!_ended)
        {
            Go(_protocol.Failed(failure));
        }
    }

    /// <summary>Gives up what is under way at storage, after a failure that must not happen, and begins anew.</summary>
    public void Reset()
    {
        _starting = false;
        _protocol.Abandon();
        Advance();
    }

    /// <summary>Nobody is served any more.</summary>
    public void End()
    {
        _ended = true;
        _protocol.Abandon();
        foreach (var request in _queue.TakeAll())
        {
            _effects.Add(new Effect.Decide(request, PermitOutcome.Refuse(null)));
        }

        foreach (var request in _changes.Abandon())
        {
            _effects.Add(new Effect.Complete(request, new ObjectDisposedException(nameof(TableRateLimiter))));
        }
    }

    private bool Busy => _starting || _protocol.Busy;

    private void Change(PauseRequest request)
    {
        _changes.Await(request);
        if (_fallback.Active && !Busy)
        {
            Look(probe: true);
        }

        Advance();
    }

    private void Refuse(QueuedRequest request, long expected) =>
        _effects.Add(new Effect.Decide(request, PermitOutcome.Refuse(_estimator.Until(expected))));

    private static partial class Log
    {
        [LoggerMessage(10, LogLevel.Error, "Storage is away: this process grants {Permits} permit(s) a window by itself until it is back.")]
        public static partial void FellBack(ILogger logger, int permits, Exception away);

        [LoggerMessage(11, LogLevel.Information, "Storage is back: permits are shared again.")]
        public static partial void Recovered(ILogger logger);

        [LoggerMessage(12, LogLevel.Warning, "A pause, or what was granted meanwhile, is not written: storage is away. It holds in this process, and the next swap writes it.")]
        public static partial void NotPublished(ILogger logger, Exception away);

        [LoggerMessage(20, LogLevel.Warning, "This process was frozen or its clock was set: what it had booked is void.")]
        public static partial void Frozen(ILogger logger);
    }
}
