namespace TableRateLimiting.Grants;

/// <summary>
/// Grants in the order of their <see cref="Grant.From"/>, and the rule over them: of any two that stand a limit apart, the later one's From
/// is at least a window after the earlier one's Until. Then no window of the receiver holds more than the limit, wherever within its width
/// each grant is really used: of more than a limit in one window, the first and the last would stand that far apart. New grants go wherever
/// the rule leaves room, between others too.
/// </summary>
internal sealed class GrantTrack(int limit, long window)
{
    private readonly List<Grant> _grants = [];

    /// <summary>At each place the greatest Until up to there.</summary>
    private readonly List<long> _latest = [];

    public IReadOnlyList<Grant> Grants => _grants;

    public void Add(Grant grant)
    {
        var place = After(grant.From);
        _grants.Insert(place, grant);
        _latest.Insert(place, 0);
        Refresh(place);
    }

    /// <summary>Takes one such grant out.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(Grant grant)
    {
        var place = _grants.IndexOf(grant);
        if (place < 0)
        {
            return false;
        }

        _grants.RemoveAt(place);
        _latest.RemoveAt(place);
        Refresh(place);
        return true;
    }

    /// <summary>The last grant that begins then or before.</summary>
    public Grant? Before(long from) => After(from) is > 0 and var place ? _grants[place - 1] : null;

    /// <summary>The grants whose use still counts in a window that begins now or later, or may.</summary>
    public int Counting(long now) => _grants.Count(grant => grant.Until + window > now);

    /// <summary>The first From, not before the one given, at which so many permits of this width may be granted together.</summary>
    public long First(long from, long width, int permits)
    {
        // A demand above the limit could never be met; where this track is a part of the whole, the whole decides.
        var most = Math.Max(limit, permits);
        while (true)
        {
            var place = After(from);
            var moved = Behind(place + permits - 1 - most, from) ?? Across(place, permits, most) ?? Before(place, place + most - permits, from + width);
            if (moved is not { } next)
            {
                return from;
            }

            from = next;
        }
    }

    /// <summary>The last of the new ones stands a limit after this one.</summary>
    private long? Behind(int earlier, long from) => earlier >= 0 && _latest[earlier] + window > from ? _latest[earlier] + window : null;

    /// <summary>Two others, pushed apart by the new ones between them, would then stand a limit apart, and are too close for it.</summary>
    private long? Across(int place, int permits, int most)
    {
        for (var later = Math.Min(_grants.Count, place + most - permits) - 1; later >= place; later--)
        {
            var earlier = later + permits - most;
            if (earlier >= 0 && _latest[earlier] + window > _grants[later].From)
            {
                return _grants[later].From;
            }
        }

        return null;
    }

    /// <summary>This one stands a limit after the first of the new ones.</summary>
    private long? Before(int place, int later, long until) => later < _grants.Count && until + window > _grants[later].From ? _grants[place].From : null;

    /// <summary>The place after all that have this From or an earlier one.</summary>
    private int After(long from)
    {
        var (low, high) = (0, _grants.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _grants[middle].From <= from ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void Refresh(int place)
    {
        for (var i = place; i < _grants.Count; i++)
        {
            _latest[i] = i == 0 ? _grants[0].Until : Math.Max(_latest[i - 1], _grants[i].Until);
        }
    }
}
