using KommoFunctions.Emulators.Storage.InMemory.Interleaving;
using KommoFunctions.Messaging;

namespace KommoFunctions.Model;

/// <summary>
/// What Azure does in an interleaving: it runs the processes, starts another one for each that died, and delivers the queues' messages to them as the Functions
/// host does.
/// </summary>
internal sealed class ModelHost
{
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
    private int _names;

    public ModelHost(ModelWorld world, ModelOdds odds, ModelAccount account, StorageInterleaving interleaving)
    {
        (_world, _odds, _account, _interleaving) = (world, odds, account, interleaving);
        for (var number = 0; number < odds.Processes; number++)
        {
            AddProcess();
        }
    }

    /// <summary>Whether each message that is done is deleted.</summary>
    public bool IsReliable { get; set; }

    public bool HasDeaths => _dead.Count > 0;

    /// <summary>Whether no process has anything in work.</summary>
    public bool IsIdle => _deliveries.Count + _errands.Count == 0;

    /// <summary>When the next message of the queues may be delivered; null without any.</summary>
    public DateTimeOffset? NextVisible => ModelWorld.Queues.Min(name => _world.Storage.QueueOf(name).NextVisible);

    private Random Random => _interleaving.Random;

    /// <summary>Gives the processes back to the world, the dead ones too.</summary>
    public async Task ReturnAsync()
    {
        await _world.ReturnAsync(_processes);
        await _world.ReturnAsync(_dead);
    }

    /// <summary>Has some process do what an operator or a timer asks of it.</summary>
    /// <param name="what">For the trace: what it does.</param>
    /// <param name="work">The work.</param>
    public void Ask(string what, Func<ModelProcess, Task> work)
    {
        var process = _processes[Random.Next(_processes.Count)];
        _interleaving.Note($"{process.Name} {what}");
        _errands.Add((process, work(process)));
    }

    /// <summary>Delivers a message, if there is one and a process that may take it.</summary>
    public bool TryDeliver()
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
    public void Reap()
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
            else if (IsReliable || Random.NextDouble() >= _odds.Undeleted)
            {
                delivery.Queue.Delete(delivery.Message.Id, delivery.Receipt);
            }
        }

        // What an operator or a timer met with is tried again by them.
        _errands.RemoveAll(errand => errand.Work.IsCompleted);
    }

    /// <summary>What is under way waits for the clock, or runs on another thread.</summary>
    public void AwaitOthers()
    {
        if (_world.Time.NextDue is { } due && due - _world.Time.GetUtcNow() < TimeSpan.FromSeconds(1))
        {
            _world.Time.MoveTo(due);
        }
        else if (!SpinWait.SpinUntil(HasProgress, TimeSpan.FromSeconds(10)))
        {
            _account.Fail("Work waits for something that never comes.");
        }

        bool HasProgress() => _interleaving.Waiting > 0 || _deliveries.Exists(d => d.Work.IsCompleted) || _errands.Exists(e => e.Work.IsCompleted);
    }

    private void AddProcess()
    {
        var process = _world.TakeProcess();
        process.Enter(_account, _interleaving.AddProcess($"p{_names++}"));
        _processes.Add(process);
    }
}
