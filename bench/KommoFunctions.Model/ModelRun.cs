using System.Globalization;
using KommoFunctions.DeadLetters;
using KommoFunctions.Emulators.Storage.InMemory.Interleaving;
using KommoFunctions.Holds;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;

namespace KommoFunctions.Model;

/// <summary>
/// One interleaving: events of an account come in while Kommo refuses the account or serves it, are parked, probed for, put back, become dead letters and are
/// replayed, by several processes of which some die, over a storage that loses answers. Then everything is let come to rest, and nothing may be lost,
/// doubled, left over, or left to the timer unless a process died.
/// </summary>
internal sealed class ModelRun
{
    private const int MaxTurnsOfRest = 5_000;

    /// <summary>An operator who replays into a suspension whose probe is left to the timer has to let the timer run.</summary>
    private const int MaxReplays = 20;

    private const int MaxInWork = 2;
    private const int MaxDequeues = 5;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    private readonly ModelWorld _world;
    private readonly ModelOdds _odds;
    private readonly ModelAccount _account;
    private readonly StorageInterleaving _interleaving;
    private readonly List<ModelProcess> _processes = [];
    private readonly List<ModelProcess> _dead = [];
    private readonly List<ModelDelivery> _deliveries = [];
    private readonly List<(ModelProcess Process, Task Work)> _errands = [];
    private bool _calm;
    private int _names;

    private ModelRun(ModelWorld world, ModelAccount account, int seed, ModelOdds odds, bool traced)
    {
        (_world, _account, _odds) = (world, account, odds);
        _interleaving = new StorageInterleaving(world.Storage, seed, odds.Storage) { Traced = traced };
        for (var number = 0; number < odds.Processes; number++)
        {
            AddProcess();
        }
    }

    private Random Random => _interleaving.Random;

    /// <summary>Plays the interleaving of a seed.</summary>
    /// <returns>What went wrong, null when nothing did; and what happened, when it was to be traced.</returns>
    public static async Task<(string? Fault, IReadOnlyList<string> Trace)> PlayAsync(ModelWorld world, int seed, ModelOdds odds, bool traced = false)
    {
        var account = await world.CreateAccountAsync(1 + (int)((uint)seed % (uint)odds.MaxEvents));
        var run = new ModelRun(world, account, seed, odds, traced);
        run.Play();
        await world.ReturnAsync(run._processes);
        await world.ReturnAsync(run._dead);
        return (account.Fault, run._interleaving.Trace);
    }

    private void Play()
    {
        foreach (var item in _account.Events.Values)
        {
            item.IsBroken = Random.NextDouble() < _odds.Broken;
        }

        _account.IsRefused = Random.NextDouble() < 0.8;
        for (var turn = 0; turn < _odds.Turns && _account.Fault is null && !IsOver(); turn++)
        {
            Turn();
            Reap();
        }

        ComeToRest();
        Check();
    }

    /// <summary>Whether every event is handled and nobody has anything to do any more.</summary>
    private bool IsOver() =>
        _deliveries.Count + _errands.Count == 0
        && NextVisible() is null
        && _world.Storage.RowsOf(TableNames.Holds).Concat(_world.Storage.RowsOf(TableNames.DeadLetters)).FirstOrDefault() is null;

    private void Turn()
    {
        if (Random.NextDouble() < _odds.Flip)
        {
            Flip();
            return;
        }

        switch (Random.Next(100))
        {
            case < 78:
                if (!_interleaving.Step() && !TryDeliver() && _deliveries.Count + _errands.Count == 0)
                {
                    GoOn();
                }

                break;
            case < 93:
                TryDeliver();
                break;
            case < 96:
                MoveTo(_world.Time.GetUtcNow() + TimeSpan.FromSeconds(Random.Next(1, 8)));
                break;
            case < 99:
                TryReplay();
                break;
            default:
                Sweep();
                break;
        }
    }

    /// <summary>Nothing is under way: the next message's time comes, or somebody looks after what is left.</summary>
    private void GoOn()
    {
        if (NextVisible() is { } next)
        {
            MoveTo(next);
        }
        else if (!TryReplay())
        {
            Sweep();
        }
    }

    /// <summary>Kommo changes its mind about the account; when that is because somebody has paid or connected it anew, it is probed at once.</summary>
    private void Flip()
    {
        _account.IsRefused = !_account.IsRefused;
        _interleaving.Note(_account.IsRefused ? "Kommo refuses the account" : "Kommo serves the account");
        if (!_account.IsRefused && Random.NextDouble() < _odds.Connected)
        {
            var process = _processes[Random.Next(_processes.Count)];
            _interleaving.Note($"{process.Name} has connected the account");
            _errands.Add((process, process.Get<HoldBell>().RingNowAsync(_account.Id, CancellationToken.None)));
        }
    }

    /// <summary>Nothing goes wrong any more and Kommo serves the account; the timers and an operator do what they do.</summary>
    private void ComeToRest()
    {
        _calm = true;
        _account.IsRefused = false;
        _interleaving.CalmDown();
        _interleaving.Note("everything comes to rest");
        var (quiet, replays) = (0, 0);
        for (var turn = 0; quiet < 3 && _account.Fault is null && !IsOver(); turn++)
        {
            if (turn == MaxTurnsOfRest)
            {
                _account.Fail("Work goes on and on after everything was well.");
                return;
            }

            Reap();
            if (_interleaving.Step() || TryDeliver())
            {
                continue;
            }

            if (_deliveries.Count + _errands.Count > 0)
            {
                AwaitOthers();
            }
            else if (NextVisible() is { } next)
            {
                MoveTo(next);
            }
            else if (replays < MaxReplays && TryReplay())
            {
                replays++;
            }
            else
            {
                CheckUnswept();

                // Longer than any suspension waits for its probe.
                MoveTo(_world.Time.GetUtcNow() + TimeSpan.FromMinutes(20));
                Sweep();
                (quiet, replays) = (replays == MaxReplays ? 0 : quiet + 1, 0);
            }
        }
    }

    /// <summary>What is under way waits for the clock, or runs on another thread.</summary>
    private void AwaitOthers()
    {
        if (_world.Time.NextDue is { } due && due - _world.Time.GetUtcNow() < TimeSpan.FromSeconds(1))
        {
            MoveTo(due);
        }
        else if (!SpinWait.SpinUntil(HasProgress, TimeSpan.FromSeconds(10)))
        {
            _account.Fail("Work waits for something that never comes.");
        }

        bool HasProgress() => _interleaving.Waiting > 0 || _deliveries.Exists(d => d.Work.IsCompleted) || _errands.Exists(e => e.Work.IsCompleted);
    }

    /// <summary>The timer is for what dies with a process, or cannot be told to storage: nothing else may need it.</summary>
    private void CheckUnswept()
    {
        if (_dead.Count == 0 && _interleaving.GivenUp == 0 && _world.Storage.RowsOf(TableNames.Holds).FirstOrDefault() is { } row)
        {
            _account.Fail($"{row.PartitionKey} {row.RowKey} waits for the timer, though no process died.");
        }
    }

    private void Check()
    {
        foreach (var (lead, item) in _account.Events)
        {
            if (!_world.IsHandled(item.Id) || item.Effects == 0)
            {
                _account.Fail($"The event of lead {lead} was lost.");
            }
        }

        foreach (var row in _world.Storage.RowsOf(TableNames.Holds))
        {
            _account.Fail(row.PartitionKey == "hold" ? "The account is still suspended." : $"A message is still parked: {row.RowKey}.");
        }
    }

    private bool TryDeliver()
    {
        var queues = ModelWorld.Queues.Where(name => _world.Storage.QueueOf(name).NextVisible <= _world.Time.GetUtcNow()).ToList();
        var idle = _processes.Where(process => _deliveries.Count(delivery => delivery.Process == process) < MaxInWork).ToList();
        if (queues.Count == 0 || idle.Count == 0)
        {
            return false;
        }

        var name = queues[Random.Next(queues.Count)];
        var queue = _world.Storage.QueueOf(name);
        var process = idle[Random.Next(idle.Count)];
        var message = queue.Get(1, Lease)[0];
        var body = BinaryData.FromBytes(Convert.FromBase64String(message.Text));
        var id = Envelope.Parse(body).Id;
        var delivery = new ModelDelivery(process, queue, message, _world.IsHandled(id));
        if (message.DequeueCount > MaxDequeues && QueueNames.All.Contains(name))
        {
            _world.Storage.QueueOf(QueueNames.Poison(name)).Put(message.Text, TimeSpan.Zero, life: null);
            queue.Delete(message.Id, message.PopReceipt);
            return true;
        }

        _interleaving.Note($"{process.Name} gets {id} of {name}");
        ModelDelivery.Current.Value = delivery;
        delivery.Work = process.ProcessAsync(name, body);
        ModelDelivery.Current.Value = null;
        _deliveries.Add(delivery);
        return true;
    }

    /// <summary>The host deletes what is done, and lets come again what failed; of a dead process it does neither.</summary>
    private void Reap()
    {
        foreach (var process in _processes.FindAll(process => process.HasCrashed))
        {
            _processes.Remove(process);
            _dead.Add(process);
            _deliveries.RemoveAll(delivery => delivery.Process == process);
            _errands.RemoveAll(errand => errand.Process == process);
            AddProcess();
        }

        foreach (var delivery in _deliveries.FindAll(delivery => delivery.Work.IsCompleted))
        {
            _deliveries.Remove(delivery);
            if (delivery.Message.PopReceipt != delivery.Receipt)
            {
                continue;
            }

            if (delivery.Work.IsFaulted)
            {
                _interleaving.Note($"{delivery.Process.Name} failed: {delivery.Work.Exception.InnerException!.Message}");
                delivery.Queue.Update(delivery.Message.Id, delivery.Receipt, TimeSpan.Zero, text: null);
            }
            else if (_calm || Random.NextDouble() >= _odds.Undeleted)
            {
                delivery.Queue.Delete(delivery.Message.Id, delivery.Receipt);
            }
        }

        // What an operator or a timer met with is tried again by them.
        _errands.RemoveAll(errand => errand.Work.IsCompleted);
    }

    /// <summary>An operator mends the handler and puts a dead letter back.</summary>
    private bool TryReplay()
    {
        var partition = LetterRow.PartitionKey(_account.Id);
        var letters = _world.Storage.RowsOf(TableNames.DeadLetters).Where(row => row.PartitionKey == partition).ToList();
        if (letters.Count == 0)
        {
            return false;
        }

        foreach (var item in _account.Events.Values)
        {
            item.IsBroken = false;
        }

        var letter = letters[Random.Next(letters.Count)];
        var process = _processes[Random.Next(_processes.Count)];
        _interleaving.Note($"{process.Name} replays {letter.RowKey}");
        _errands.Add((process, process.Get<DeadLetterReplay>().ReplayAsync(_account.Id, letter.RowKey)));
        return true;
    }

    /// <summary>The timer that rings for what nobody looks at any more.</summary>
    private void Sweep()
    {
        var process = _processes[Random.Next(_processes.Count)];
        _interleaving.Note($"{process.Name} sweeps");
        _errands.Add((process, process.Get<HoldBell>().RingOverdueAsync(CancellationToken.None)));
    }

    private DateTimeOffset? NextVisible() => ModelWorld.Queues.Min(name => _world.Storage.QueueOf(name).NextVisible);

    private void MoveTo(DateTimeOffset time)
    {
        _interleaving.Note(string.Create(CultureInfo.InvariantCulture, $"the time is {time:HH:mm:ss}"));
        _world.Time.MoveTo(time);
    }

    private void AddProcess()
    {
        var process = _world.TakeProcess();
        process.Enter(_account, _interleaving.AddProcess($"p{_names++}"));
        _processes.Add(process);
    }
}
