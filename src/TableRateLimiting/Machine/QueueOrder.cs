using System.Threading.RateLimiting;
using TableRateLimiting.Internal;

namespace TableRateLimiting.Machine;

/// <summary>
/// Whose turn it is among the callers of this process: interactive before background, but of every so many permits one is a background
/// caller's while one waits.
/// </summary>
internal sealed class QueueOrder(Settings settings)
{
    private long _sinceBackground;

    /// <summary>The requests, given by arrival, in the order of their turns.</summary>
    public IEnumerable<QueuedRequest> Of(List<QueuedRequest> requests)
    {
        var byTurn = settings.Order == QueueProcessingOrder.OldestFirst ? requests : requests.AsEnumerable().Reverse();
        return requests.Exists(request => request.Background) ? Mixed([.. byTurn]) : byTurn;
    }

    /// <summary>A request got its permits.</summary>
    public void Served(QueuedRequest request, bool backgroundWaits) =>
        _sinceBackground = request.Background || !backgroundWaits ? 0 : _sinceBackground + request.Permits;

    private IEnumerable<QueuedRequest> Mixed(List<QueuedRequest> byTurn)
    {
        var interactive = new Queue<QueuedRequest>(byTurn.Where(request => !request.Background));
        var background = new Queue<QueuedRequest>(byTurn.Where(request => request.Background));
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
