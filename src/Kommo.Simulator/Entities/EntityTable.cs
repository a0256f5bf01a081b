namespace Kommo.Simulator.Entities;

/// <summary>Rows by id. Guarded by <see cref="AccountStore.Gate"/>; the rows themselves never change.</summary>
internal sealed class EntityTable<T>(Func<T, long> idOf)
    where T : class
{
    private readonly SortedDictionary<long, T> _rows = [];

    public int Count => _rows.Count;

    /// <summary>All rows by ascending id.</summary>
    public IEnumerable<T> All => _rows.Values;

    public T? Find(long id) => _rows.GetValueOrDefault(id);

    public void Put(T row) => _rows[idOf(row)] = row;

    public void Remove(long id) => _rows.Remove(id);

    public void Load(IEnumerable<T> rows)
    {
        _rows.Clear();
        foreach (T row in rows)
        {
            Put(row);
        }
    }
}
