using System.Threading.RateLimiting;

namespace TableRateLimiting.Internal;

/// <summary>
/// Whose turn it is among the callers of this process: interactive before background, but of every so many permits one is a background
/// caller's while one waits.
/// </summary>
internal sealed class TurnOrder(Settings settings)
{
    private long _sinceBackground;

    /// <summary>The waiters, given by arrival, in the order of their turns.</summary>
    public IEnumerable<Waiter> Of(List<Waiter> waiters)
    {
        var byTurn = settings.Order == QueueProcessingOrder.OldestFirst ? waiters : waiters.AsEnumerable().Reverse();
        return waiters.Exists(waiter => waiter.Background) ? Mixed([.. byTurn]) : byTurn;
    }

    /// <summary>A waiter got its permits.</summary>
    public void Served(Waiter waiter, bool backgroundWaits) =>
        _sinceBackground = waiter.Background || !backgroundWaits ? 0 : _sinceBackground + waiter.Permits;

    private IEnumerable<Waiter> Mixed(List<Waiter> byTurn)
    {
        var interactive = new Queue<Waiter>(byTurn.Where(waiter => !waiter.Background));
        var background = new Queue<Waiter>(byTurn.Where(waiter => waiter.Background));
        var since = _sinceBackground;
        while (interactive.Count + background.Count > 0)
        {
            var turn = background.Count > 0 && (interactive.Count == 0 || since >= settings.BackgroundEvery - 1) ? background : interactive;
            var next = turn.Dequeue();
            since = next.Background ? 0 : since + next.Permits;
            yield return next;
        }
    }
}
