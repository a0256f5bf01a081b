using CsCheck;
using Kommo.Tests.Webhooks.Fuzzing;

namespace Kommo.Fuzzing;

/// <summary>
/// Sends mutated bodies through the parser: none may throw anything but "no hook", lose an event, or take more than
/// <see cref="Patience"/>.
/// </summary>
internal sealed class FuzzRun(TimeProvider time) : IDisposable
{
    /// <summary>Far beyond what a body of a few kilobytes takes, even on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const int Chunk = 200_000;
    private readonly ThreadLocal<Slot> _slots = new(() => new Slot(), trackAllValues: true);
    private long _events;
    private long _hooks;

    /// <returns>The exit code: 0 when every body kept to the rules.</returns>
    public int Run(long bodies, string? seed)
    {
        var started = time.GetTimestamp();
        using var watch = time.CreateTimer(_ => FailOnHang(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        for (var done = 0L; done < bodies;)
        {
            var chunk = (int)Math.Min(Chunk, bodies - done);
            try
            {
                HookGrammar.Bodies.Sample(Check, seed: seed, iter: chunk);
            }
            catch (CsCheckException broken)
            {
                Console.Error.WriteLine(broken.Message);
                return 1;
            }

            done += chunk;
            var elapsed = time.GetElapsedTime(started);
            Console.WriteLine(
                $"{done,12:N0} bodies, {_hooks:N0} of them hooks with {_events:N0} events, {elapsed.TotalSeconds:N0} s, "
                + $"{done / elapsed.TotalSeconds:N0} a second, slowest {Slowest().TotalMilliseconds:N1} ms");
        }

        Console.WriteLine($"OK: {bodies:N0} bodies, no exception, none longer than {Slowest().TotalMilliseconds:N1} ms.");
        return 0;
    }

    public void Dispose() => _slots.Dispose();

    private void Check(byte[] body)
    {
        var slot = _slots.Value!;
        var started = time.GetTimestamp();
        slot.Begin(body, started);
        var events = HookInvariants.Check(body);
        slot.End(time.GetElapsedTime(started));
        Interlocked.Add(ref _events, events);
        Interlocked.Add(ref _hooks, events > 0 ? 1 : 0);
    }

    private TimeSpan Slowest() => _slots.Values.Max(slot => slot.Slowest);

    private void FailOnHang()
    {
        foreach (var slot in _slots.Values)
        {
            if (slot.Running is var (body, started) && time.GetElapsedTime(started) > Patience)
            {
                Console.Error.WriteLine($"A body takes more than {Patience.TotalSeconds} s: {Convert.ToBase64String(body)}");
                Environment.Exit(1);
            }
        }
    }

    /// <summary>What one thread is at.</summary>
    private sealed class Slot
    {
        private volatile Tuple<byte[], long>? _running;

        public Tuple<byte[], long>? Running => _running;

        public TimeSpan Slowest { get; private set; }

        public void Begin(byte[] body, long started) => _running = Tuple.Create(body, started);

        public void End(TimeSpan took)
        {
            _running = null;
            Slowest = took > Slowest ? took : Slowest;
        }
    }
}
