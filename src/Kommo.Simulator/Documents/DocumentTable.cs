using System.Text.Json.Nodes;

namespace Kommo.Simulator.Documents;

/// <summary>
/// Rows that the account holds as the API shows them, in the order they were made. A row is never changed in place: a change puts
/// another one. Guarded by the store's gate.
/// </summary>
/// <param name="lastId">The number before the first id that is given out.</param>
/// <param name="key">The property that names a row.</param>
internal sealed class DocumentTable(long lastId, string key)
{
    private readonly OrderedDictionary<string, JsonObject> _rows = new(StringComparer.Ordinal);
    private long _lastId = lastId;

    public string Key => key;

    public int Count => _rows.Count;

    public IReadOnlyList<JsonObject> All => _rows.Values;

    public long NextId() => ++_lastId;

    public JsonObject? Find(string id) => _rows.GetValueOrDefault(id);

    public JsonObject? Find(long id) => Find(id.ToText());

    public void Put(JsonObject row) => _rows[row.Text(key)] = row;

    public bool Remove(string id) => _rows.Remove(id);

    public TableState Export() => new(_lastId, [.. _rows.Values]);

    public void Import(TableState state)
    {
        _rows.Clear();
        _lastId = state.LastId;
        foreach (JsonObject row in state.Rows)
        {
            Put(row);
        }
    }
}

/// <summary>A table as the state file keeps it.</summary>
internal sealed record TableState(long LastId, IReadOnlyList<JsonObject> Rows);
