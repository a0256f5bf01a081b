namespace Kommo.Simulator.Limits;

/// <summary>
/// An exact sliding log of arrivals. Windows are half-open: two arrivals exactly one width apart share none. Keeps two widths
/// of arrivals, so one that was stamped before its neighbours but recorded up to one width after them still lands in its place.
/// </summary>
/// <param name="width">The window's width in ticks of the clock that stamps the arrivals.</param>
internal sealed class SlidingWindow(long width)
{
    private readonly List<long> _arrivals = [];
    private int _first;

    /// <summary>The largest number of arrivals that any window held so far.</summary>
    public int Busiest { get; private set; }

    /// <summary>Records an arrival and returns how many the fullest window around it holds, itself included.</summary>
    public int Add(long arrival)
    {
        int place = UpperBound(arrival);
        _arrivals.Insert(place, arrival);
        int fullest = 0;
        for (int last = place; last < _arrivals.Count && _arrivals[last] - arrival < width; last++)
        {
            fullest = Math.Max(fullest, last + 1 - UpperBound(_arrivals[last] - width));
        }

        Busiest = Math.Max(Busiest, fullest);
        Trim();
        return fullest;
    }

    private int UpperBound(long instant)
    {
        int low = _first;
        int high = _arrivals.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_arrivals[middle] <= instant)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private void Trim()
    {
        long oldest = _arrivals[^1] - (2 * width);
        while (_arrivals[_first] < oldest)
        {
            _first++;
        }

        if (_first > 256 && _first > _arrivals.Count / 2)
        {
            _arrivals.RemoveRange(0, _first);
            _first = 0;
        }
    }
}
