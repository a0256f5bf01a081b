using Microsoft.Extensions.Logging.Abstractions;
using TableRateLimiting.Internal;

namespace TableRateLimiting.Tests.Machine;

/// <summary>A request of a test, and what became of it.</summary>
internal sealed class TestRequest(MachineProcess process, PermitRequest request) : QueuedRequest(request)
{
    public MachineProcess Process => process;

    public bool IsOver { get; set; }

    public bool Granted { get; set; }

    public bool GivesUp { get; set; }

    public bool Left { get; set; }
}

/// <summary>One machine, and instead of its shell a world that does what it wants: late, in another order, or not at all.</summary>
internal sealed class MachineProcess
{
    private readonly MachineWorld _world;
    private readonly LimiterMachine _machine;
    private readonly long _clockError;
    private readonly long _uncertainty;
    private readonly long _origin;
    private bool _knowsTime;
    private int _freezes;
    private int _timer;

    public MachineProcess(MachineWorld world, long clockError)
    {
        (_world, _clockError, _origin) = (world, clockError, world.Now - world.Between(0, TimeSpan.TicksPerHour));
        _uncertainty = Math.Abs(clockError) + TimeSpan.TicksPerMillisecond / 10;
        _machine = new LimiterMachine(world.Settings, new Random(world.Random.Next()), new LimiterMetrics(null, "test"), NullLogger.Instance, Moment);
    }

    /// <summary>Those that wait, in the order in which they came.</summary>
    public List<TestRequest> Waiting { get; } = [];

    /// <summary>Called at each grant, before the request is taken off those that wait.</summary>
    public Action<TestRequest> OnGrant { get; set; } = _ => { };

    public bool Crashed { get; private set; }

    public LimiterMachine Machine => _machine;

    public Moment Moment => new(
        _world.Now - _origin, _freezes, _knowsTime ? new ClockReading(_origin + _clockError, _uncertainty) : null);

    public TestRequest Enter(PermitRequest request)
    {
        var entered = new TestRequest(this, request);
        Waiting.Add(entered);
        Do(() => _machine.Enter(entered));
        return entered;
    }

    public void Leave(TestRequest request)
    {
        Do(() =>
        {
            if (_machine.Leave(request))
            {
                (request.Left, request.IsOver) = (true, true);
                Waiting.Remove(request);
            }
            else
            {
                request.GivesUp = true;
            }
        });
    }

    public void Pause(long duration) => Do(() => _machine.Pause(_world.Now - _origin + duration, new PauseRequest()));

    public void Resume() => Do(() => _machine.Resume(new PauseRequest()));

    /// <summary>The process stood still: what it had booked is void, and it knows the service's time no more.</summary>
    public void Freeze()
    {
        (_freezes, _knowsTime) = (_freezes + 1, false);
        Do(_machine.Tick);
    }

    public void Crash()
    {
        Crashed = true;
        Waiting.Clear();
    }

    private void Do(Action input)
    {
        if (Crashed)
        {
            return;
        }

        _machine.Observe(Moment);
        input();
        foreach (var effect in _machine.TakeEffects())
        {
            CarryOut(effect);
        }
    }

    private void CarryOut(Effect effect)
    {
        switch (effect)
        {
            case Effect.Decide { Outcome.Granted: true } granted:
                var request = (TestRequest)granted.Request;
                OnGrant(request);
                Waiting.Remove(request);
                _world.In(Late(), () => Wake(request, granted.Outcome));
                break;
            case Effect.Decide refused:
                ((TestRequest)refused.Request).IsOver = true;
                Waiting.Remove((TestRequest)refused.Request);
                break;
            case Effect.StartSwap:
                _world.In(Late(), () => Do(_machine.Start));
                break;
            case Effect.Ask ask:
                Send(ask.Operation);
                break;
            case Effect.SetTimer timer:
                var setting = ++_timer;
                _world.At(timer.At + _origin + _world.TimerDelay + Late(), () => Tick(setting));
                break;
        }
    }

    private void Tick(int setting)
    {
        if (setting == _timer)
        {
            Do(_machine.Tick);
        }
    }

    private void Wake(TestRequest request, PermitOutcome outcome) => Do(() =>
    {
        if (_machine.Use(request, outcome))
        {
            (request.Granted, request.IsOver) = (true, true);
            _world.Use(outcome.Slot.Grant, outcome.Slot.Permits, _world.Between(0, _world.Settings.ArrivalJitter));
        }
        else
        {
            Waiting.Insert(Waiting.FindLastIndex(other => other.Order < request.Order) + 1, request);
            _machine.Requeue(request, outcome);
            if (request.GivesUp && _machine.Leave(request))
            {
                // It wakes to a wait that its caller has given up already.
                (request.Left, request.IsOver) = (true, true);
                Waiting.Remove(request);
            }
        }
    });

    private void Send(StorageOperation operation)
    {
        var fault = _world.Random.NextDouble() < _world.Faults ? _world.Random.Next(1, 4) : 0;
        var arrives = fault == 1 ? long.MaxValue : _world.Now + Trip() + (fault == 2 ? _world.Between(0, 3 * TimeSpan.TicksPerSecond) : 0);
        if (fault > 0)
        {
            _world.In(_world.Settings.AttemptTimeout.Ticks, () => Do(() => _machine.Failed(new IOException("Lost."))));
        }

        if (arrives < long.MaxValue)
        {
            _world.At(arrives, () => Serve(operation, answered: fault == 0));
        }
    }

    private void Serve(StorageOperation operation, bool answered)
    {
        var answer = operation switch
        {
            StorageOperation.Read => new StorageAnswer(_world.Read()),
            StorageOperation.Write write => new StorageAnswer(_world.Write(write.Record, write.Version)),
            _ => default,
        };
        if (answered)
        {
            var freezes = _freezes;
            _world.In(Trip(), () =>
            {
                _knowsTime |= operation is not StorageOperation.Read && freezes == _freezes;
                Do(() => _machine.Answered(answer));
            });
        }
    }

    private long Trip() => _world.Between(0, _world.MaxTrip);

    private long Late() => _world.Random.Next(50) == 0 ? _world.Between(0, 20 * _world.MaxLateness) : _world.Between(0, _world.MaxLateness);
}
