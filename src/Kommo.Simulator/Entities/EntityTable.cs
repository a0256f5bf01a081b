namespace Kommo.Simulator.Entities;

/// <summary>Rows by id, those in the bin apart. Guarded by <see cref="AccountStore.Gate"/>; the rows themselves never change.</summary>
internal sealed class EntityTable<T>(Func<T, long> idOf, Func<T, bool>? inBin = null)
    where T : class
{
    private readonly Dictionary<long, T> _byId = [];
    private readonly SortedRows<T> _live = new(idOf);
    private readonly SortedRows<T> _bin = new(idOf);

    public int Count => _byId.Count;

    /// <summary>The rows outside the bin by ascending id.</summary>
    public IReadOnlyList<T> Live => _live.Rows;

    /// <summary>The rows in the bin by ascending id.</summary>
    public IReadOnlyList<T> Bin => _bin.Rows;

    /// <summary>All rows by ascending id.</summary>
    public IEnumerable<T> All => Bin.Count == 0 ? Live : Live.Concat(Bin).OrderBy(idOf);

    public T? Find(long id) => _byId.GetValueOrDefault(id);

    public void Put(T row)
    {
        long id = idOf(row);
        bool deleted = inBin?.Invoke(row) ?? false;
        if (_byId.TryGetValue(id, out T? before) && (inBin?.Invoke(before) ?? false) != deleted)
        {
            (deleted ? _live : _bin).Remove(id);
        }

        _byId[id] = row;
        (deleted ? _bin : _live).Put(row);
    }

    public void Remove(long id)
    {
        _byId.Remove(id);
        _live.Remove(id);
        _bin.Remove(id);
    }

    public void Load(IEnumerable<T> rows)
    {
        _byId.Clear();
        _live.Clear();
        _bin.Clear();
        foreach (T row in rows)
        {
            Put(row);
        }
    }
}
