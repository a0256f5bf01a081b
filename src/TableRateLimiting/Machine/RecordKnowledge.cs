using TableRateLimiting.Grants;
using TableRateLimiting.Storage;

namespace TableRateLimiting.Machine;

/// <summary>The record as this process last saw it, whether others write it too, and whether it pays to begin a swap from it without reading.</summary>
internal sealed class RecordKnowledge
{
    /// <summary>So many swaps in a row without another process's between them show that there is none.</summary>
    private const int SwapsUntilAlone = 4;

    private const double NeverWrong = 1;

    private int _shared;
    private double _guessPays = NeverWrong;

    /// <summary>The record last seen and its version; null when it is surely not the current one.</summary>
    public StoredRecord? Known { get; private set; }

    /// <summary>The record last seen, or null before the first answer.</summary>
    public GrantRecord? LastSeen { get; private set; }

    /// <summary>When it was last seen.</summary>
    public long SeenAt { get; private set; } = long.MinValue;

    /// <summary>Whether other processes write as well: what was last seen here is likely not to be the whole any more.</summary>
    public bool Shared => _shared > 0;

    /// <summary>Whether a swap begins with the record last seen, which saves a trip where that is still the current one.</summary>
    public bool Guesses => Known is not null && _guessPays > 0.5;

    /// <summary>The record was read.</summary>
    public void Read(StoredRecord stored, long now)
    {
        if (Known is { } before)
        {
            Guessed(right: before.Version == stored.Version);
        }

        Saw(stored, now);
    }

    /// <summary>The record was written on top of another one.</summary>
    public void Written(StoredRecord stored, GrantRecord before, string writer, long now)
    {
        var other = before.Swaps is [.., var last] && !last.StartsWith(writer, StringComparison.Ordinal);
        if (other && _guessPays == NeverWrong)
        {
            Guessed(right: false);
        }

        _shared = other ? SwapsUntilAlone : Math.Max(0, _shared - 1);
        Saw(stored, now);
    }

    /// <summary>What was last seen is not the current record, or may not be.</summary>
    public void Lost() => Known = null;

    /// <summary>
    /// Where others write too, the version last seen is usually stale, and a swap that fails costs two trips more: after one wrong guess it
    /// reads until a few guesses would have been right.
    /// </summary>
    public void Guessed(bool right) => _guessPays = right ? _guessPays + ((1 - _guessPays) / 4) : _guessPays / 4;

    private void Saw(StoredRecord stored, long now) => (Known, LastSeen, SeenAt) = (stored, stored.Record, now);
}
