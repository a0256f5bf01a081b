using CsCheck;
using TableRateLimiting.Internal;

namespace TableRateLimiting.Tests.Machine;

/// <summary>What must hold whatever order the inputs of several machines come in.</summary>
public sealed class LimiterMachineTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);
    private static readonly Settings Shared = Settings.From(new TableRateLimiterOptions()) with { FallbackPermits = 0 };

    [Fact(Timeout = 300_000)]
    public Task No_window_of_the_receiver_holds_more_than_the_limit() => Sample((world, _) => Assert.InRange(world.Receiver.Most(Window), 0, 7));

    [Fact(Timeout = 300_000)]
    public Task No_permit_is_used_that_was_not_recorded_and_none_twice() => Sample(
        (world, _) => Assert.All(world.Used, used => Assert.InRange(used.Value, 1, world.Recorded.GetValueOrDefault(used.Key))));

    [Fact(Timeout = 300_000)]
    public Task Nobody_waits_for_ever() => Sample((world, requests) =>
    {
        world.Run(TimeSpan.FromTicks(Shared.MaxWait) + TimeSpan.FromSeconds(1));
        Assert.All(requests, request => Assert.True(request.IsOver || request.Process.Crashed));
        Assert.All(world.Processes.Where(process => !process.Crashed), process => Assert.Equal(0, process.Machine.Waiting));
    });

    [Fact(Timeout = 300_000)]
    public Task Callers_of_a_priority_are_served_in_the_order_in_which_they_came() => Sample(
        (_, _) => { },
        maxPermits: 1,
        onGrant: (process, granted) => Assert.DoesNotContain(
            process.Waiting, other => other.Background == granted.Background && other.Order < granted.Order));

    [Fact(Timeout = 300_000)]
    public Task Background_callers_go_first_only_when_it_is_their_turn()
    {
        var since = new Dictionary<MachineProcess, int>();
        return Sample(
            (_, _) => since.Clear(),
            maxPermits: 1,
            onGrant: (process, granted) =>
            {
                var interactive = since.GetValueOrDefault(process);
                var oneWaits = process.Waiting.Exists(other => !other.Background);
                Assert.False(granted.Background && oneWaits && interactive < Shared.BackgroundEvery - 1, $"after {interactive}");
                since[process] = granted.Background || !process.Waiting.Exists(other => other.Background) ? 0 : interactive + 1;
            });
    }

    /// <summary>A timer of .NET on Linux is late by up to 4 ms more than it is anyway. A process has to learn that from the permits that it loses by it.</summary>
    [Fact]
    public void Timers_that_are_always_late_cost_a_little_of_the_rate_and_not_the_permits()
    {
        const int Callers = 4;
        const int Seconds = 60;
        var world = new MachineWorld(seed: 1, Shared) { TimerDelay = 7 * TimeSpan.TicksPerMillisecond, MaxLateness = TimeSpan.TicksPerMillisecond / 10 };
        var process = world.Add();
        process.OnGrant = _ => world.In(1, () => process.Enter(new PermitRequest(1)));
        for (var caller = 0; caller < Callers; caller++)
        {
            process.Enter(new PermitRequest(1));
        }

        world.Run(TimeSpan.FromSeconds(20));
        var before = world.Used.Values.Sum();
        world.Run(TimeSpan.FromSeconds(Seconds));

        Assert.InRange((world.Used.Values.Sum() - before) / (7.0 * Seconds), 0.96, 1);
        Assert.InRange(world.Receiver.Most(Window), 0, 7);
    }

    [Fact(Timeout = 60_000)]
    public Task Callers_that_give_up_free_their_places() => Task.Run(() => Gen.Select(Gen.Int, Gen.Int[1, 20], Gen.Int[0, 900]).Sample(
        (seed, callers, patience) =>
        {
            var world = new MachineWorld(seed, Shared);
            var process = world.Add();
            var requests = Enumerable.Range(0, 7 + callers).Select(_ => process.Enter(new PermitRequest(1))).ToList();
            world.Run(TimeSpan.FromMilliseconds(patience));
            requests.ForEach(process.Leave);
            world.Run(TimeSpan.FromMilliseconds(600));

            // What is left is in use, or so near that giving it back would come too late.
            Assert.Equal(0, process.Machine.Waiting);
            Assert.DoesNotContain(world.Record.Grants, grant => grant.From > world.Now);
            Assert.InRange(world.Record.Grants.Length, 0, 14);
        },
        iter: 200,
        threads: 1));

    [Fact(Timeout = 60_000)]
    public Task After_a_crash_of_the_others_whoever_is_left_gets_all_the_rate() => Task.Run(() => Gen.Int.Sample(
        seed =>
        {
            var world = new MachineWorld(seed, Shared);
            for (var i = 0; i < 3; i++)
            {
                var process = world.Add();
                Enumerable.Range(0, 4).ToList().ForEach(_ => Again(world, process));
            }

            world.Run(TimeSpan.FromSeconds(5));
            world.Processes[0].Crash();
            world.Processes[1].Crash();
            world.Run(TimeSpan.FromSeconds(5));
            var before = world.Receiver.Count;
            world.Run(TimeSpan.FromSeconds(10));

            Assert.InRange(world.Receiver.Count - before, 60, 70);
            Assert.InRange(world.Receiver.Most(Window), 1, 7);
        },
        iter: 20,
        threads: 1));

    /// <summary>Runs a world of one to four processes in which everything happens that can.</summary>
    private static Task Sample(
        Action<MachineWorld, IReadOnlyList<TestRequest>> holds, int maxPermits = 3, Action<MachineProcess, TestRequest>? onGrant = null) => Task.Run(() =>
        Gen.Select(Gen.Int, Gen.Int[1, 4], Gen.Int[1, 40], Gen.Double[0, 0.15], Gen.Int[1, 15]).Sample(
            (seed, processes, trip, faults, perSecond) =>
            {
                var world = new MachineWorld(seed, Shared) { Faults = faults, MaxTrip = trip * TimeSpan.TicksPerMillisecond };
                var requests = new List<TestRequest>();
                for (var i = 0; i < processes; i++)
                {
                    var process = world.Add(world.Between(-3, 3) * TimeSpan.TicksPerMillisecond);
                    process.OnGrant = request => onGrant?.Invoke(process, request);
                    Disturb(world, process);
                    Call(world, process, requests, perSecond, maxPermits);
                }

                world.Run(TimeSpan.FromSeconds(12));
                holds(world, requests);
            },
            iter: Math.Max(100, Check.Iter / 2),
            threads: 1));

    private static void Call(MachineWorld world, MachineProcess process, List<TestRequest> requests, int perSecond, int maxPermits)
    {
        for (var at = 0L; at < 10 * TimeSpan.TicksPerSecond; at += world.Between(0, 2 * TimeSpan.TicksPerSecond / perSecond))
        {
            world.In(at, () =>
            {
                if (process.Crashed)
                {
                    return;
                }

                var request = process.Enter(new PermitRequest(world.Random.Next(1, maxPermits + 1), Background: world.Random.Next(4) == 0));
                if (world.Random.Next(5) == 0)
                {
                    world.In(world.Between(0, 2 * TimeSpan.TicksPerSecond), () => process.Leave(request));
                }

                requests.Add(request);
            });
        }
    }

    private static void Disturb(MachineWorld world, MachineProcess process)
    {
        long Sometime() => world.Between(0, 10 * TimeSpan.TicksPerSecond);
        Action[] troubles =
        [
            () => process.Pause(world.Between(0, 2 * TimeSpan.TicksPerSecond)),
            process.Resume,
            process.Freeze,
            process.Crash,
        ];
        foreach (var trouble in troubles.Where(_ => world.Random.Next(4) == 0))
        {
            world.In(Sometime(), trouble);
        }
    }

    private static void Again(MachineWorld world, MachineProcess process)
    {
        var request = process.Enter(new PermitRequest(1));
        void Look()
        {
            if (process.Crashed)
            {
                return;
            }

            if (request.IsOver)
            {
                Again(world, process);
            }
            else
            {
                world.In(2 * TimeSpan.TicksPerMillisecond, Look);
            }
        }

        world.In(2 * TimeSpan.TicksPerMillisecond, Look);
    }
}
