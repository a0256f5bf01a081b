using System.Globalization;
using KommoFunctions.DeadLetters;
using KommoFunctions.Emulators.Storage.InMemory.Interleaving;
using KommoFunctions.Holds;
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

    private readonly ModelWorld _world;
    private readonly ModelOdds _odds;
    private readonly ModelAccount _account;
    private readonly StorageInterleaving _interleaving;
    private readonly ModelHost _host;

    private ModelRun(ModelWorld world, ModelAccount account, int seed, ModelOdds odds, bool traced)
    {
        (_world, _account, _odds) = (world, account, odds);
        _interleaving = new StorageInterleaving(world.Storage, seed, odds.Storage) { Traced = traced };
        _host = new ModelHost(world, odds, account, _interleaving);
    }

    private Random Random => _interleaving.Random;

    /// <summary>Plays the interleaving of a seed.</summary>
    /// <returns>What went wrong, null when nothing did; and what happened, when it was to be traced.</returns>
    public static async Task<(string? Fault, IReadOnlyList<string> Trace)> PlayAsync(ModelWorld world, int seed, ModelOdds odds, bool traced = false)
    {
        var account = await world.CreateAccountAsync(1 + (int)((uint)seed % (uint)odds.MaxEvents));
        var run = new ModelRun(world, account, seed, odds, traced);
        run.Play();
        await run._host.ReturnAsync();
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
            _host.Reap();
        }

        ComeToRest();
        Check();
    }

    /// <summary>Whether every event is handled and nobody has anything to do any more.</summary>
    private bool IsOver() =>
        _host.IsIdle
        && _host.NextVisible is null
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
                if (!_interleaving.Step() && !_host.TryDeliver() && _host.IsIdle)
                {
                    GoOn();
                }

                break;
            case < 93:
                _host.TryDeliver();
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
        if (_host.NextVisible is { } next)
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
            _host.Ask("has connected the account", process => process.Get<HoldBell>().RingNowAsync(_account.Id, CancellationToken.None));
        }
    }

    /// <summary>Nothing goes wrong any more and Kommo serves the account; the timers and an operator do what they do.</summary>
    private void ComeToRest()
    {
        _host.IsReliable = true;
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

            _host.Reap();
            if (_interleaving.Step() || _host.TryDeliver())
            {
                continue;
            }

            if (!_host.IsIdle)
            {
                _host.AwaitOthers();
            }
            else if (_host.NextVisible is { } next)
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

    /// <summary>The timer is for what dies with a process, or cannot be told to storage: nothing else may need it.</summary>
    private void CheckUnswept()
    {
        if (!_host.HasDeaths && _interleaving.GivenUp == 0 && _world.Storage.RowsOf(TableNames.Holds).FirstOrDefault() is { } row)
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

    /// <summary>An operator fixes the handler and puts a dead letter back.</summary>
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
        _host.Ask($"replays {letter.RowKey}", process => process.Get<DeadLetterReplay>().ReplayAsync(_account.Id, letter.RowKey));
        return true;
    }

    /// <summary>The timer that schedules the probes that were lost.</summary>
    private void Sweep() => _host.Ask("sweeps", process => process.Get<HoldBell>().RingOverdueAsync(CancellationToken.None));

    private void MoveTo(DateTimeOffset time)
    {
        _interleaving.Note(string.Create(CultureInfo.InvariantCulture, $"the time is {time:HH:mm:ss}"));
        _world.Time.MoveTo(time);
    }
}
