namespace Kommo.Simulator.Entities;

/// <summary>Rows by ascending id, to be read by their place. New rows come at the end, where adding costs nothing.</summary>
internal sealed class SortedRows<T>(Func<T, long> idOf)
{
    private readonly List<T> _rows = [];

    public IReadOnlyList<T> Rows => _rows;

    public void Put(T row)
    {
        int place = Place(idOf(row), out bool found);
        if (found)
        {
            _rows[place] = row;
        }
        else
        {
            _rows.Insert(place, row);
        }
    }

    public void Remove(long id)
    {
        int place = Place(id, out bool found);
        if (found)
        {
            _rows.RemoveAt(place);
        }
    }

    public void Clear() => _rows.Clear();

    private int Place(long id, out bool found)
    {
        int low = 0;
        int high = _rows.Count;
        if (high > 0 && idOf(_rows[^1]) < id)
        {
            low = high;
        }

        while (low < high)
        {
            int middle = (low + high) / 2;
            if (idOf(_rows[middle]) < id)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        found = low < _rows.Count && idOf(_rows[low]) == id;
        return low;
    }
}
