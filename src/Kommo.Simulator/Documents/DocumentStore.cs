using System.Text.Json.Nodes;

namespace Kommo.Simulator.Documents;

/// <summary>The tables of documents by name; each appears with its first use, with what an account has from the start.</summary>
internal sealed class DocumentStore
{
    private readonly Dictionary<string, DocumentTable> _tables = [];
    private IReadOnlyDictionary<string, TableState> _kept = new Dictionary<string, TableState>();

    /// <param name="name">The table's name in the state file.</param>
    /// <param name="lastId">The number before the first id that is given out.</param>
    /// <param name="key">The property that names a row.</param>
    /// <param name="seed">What an account has from the start.</param>
    public DocumentTable Table(string name, long lastId = 0, string key = "id", params IReadOnlyList<JsonObject> seed)
    {
        if (!_tables.TryGetValue(name, out DocumentTable? table))
        {
            _tables[name] = table = new DocumentTable(lastId, key);
            if (_kept.TryGetValue(name, out TableState? state))
            {
                table.Import(state);
            }
            else
            {
                foreach (JsonObject row in seed)
                {
                    table.Put(row);
                }
            }
        }

        return table;
    }

    /// <summary>The tables whose name starts so: those of the lists, one for each.</summary>
    public IEnumerable<DocumentTable> Under(string prefix) =>
        _tables.Where(table => table.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(table => table.Value);

    public IReadOnlyDictionary<string, TableState> Export()
    {
        // A table of a former run that nobody asked for yet is kept as it was.
        Dictionary<string, TableState> all = new(_kept);
        foreach ((string name, DocumentTable table) in _tables)
        {
            all[name] = table.Export();
        }

        return all;
    }

    public void Import(IReadOnlyDictionary<string, TableState> state)
    {
        _kept = state;
        foreach ((string name, DocumentTable table) in _tables)
        {
            if (state.TryGetValue(name, out TableState? kept))
            {
                table.Import(kept);
            }
        }
    }
}
