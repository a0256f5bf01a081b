namespace TableRateLimiting.Machine;

/// <summary>
/// How late callers wake, and which tolerance for it costs the least. A tolerance is kept between all grants, so each part of the window that it is
/// long costs that part of the rate; a caller that wakes later than it costs one permit. Single bad wakes, such as a process's first, are therefore
/// not worth a wider margin, and frequent ones are.
/// </summary>
/// <param name="window">The length of the receiver's window.</param>
internal sealed class LatenessLog(long window)
{
    /// <summary>Wakes remembered. Those still to come are taken to be in time.</summary>
    private const int Memory = 256;

    private readonly Queue<long> _wakes = new(Memory);

    public void Add(long lateness)
    {
        if (_wakes.Count == Memory)
        {
            _wakes.Dequeue();
        }

        _wakes.Enqueue(lateness);
    }

    /// <summary>The tolerance with the least cost, at least the one given.</summary>
    public long Best(long min)
    {
        long[] late = [.. _wakes.Where(wake => wake > min).OrderDescending()];
        var (best, cost) = (min, Cost(min, late.Length));
        for (var later = 0; later < late.Length; later++)
        {
            if (Cost(late[later], later) is var other && other < cost)
            {
                (best, cost) = (late[later], other);
            }
        }

        return best;
    }

    /// <summary>In permits lost of each one granted.</summary>
    private double Cost(long tolerance, int later) => ((double)tolerance / window) + ((double)later / Memory);
}
