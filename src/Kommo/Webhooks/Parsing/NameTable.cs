using System.Runtime.InteropServices;

namespace Kommo.Webhooks;

/// <summary>
/// Numbers the names that lie in a buffer, in the order of their first appearance. Costs nothing until the first name, a look at each for a
/// few, and one keyed hash a name for many: a body made of colliding names is no slower than another.
/// </summary>
internal struct NameTable
{
    private const int Few = 8;

    private Entry[]? _entries;
    private int[]? _slots;
    private int _last;

    /// <summary>How many names there are.</summary>
    public int Count { get; private set; }

    /// <summary>The names, and with each a number that belongs to it.</summary>
    public readonly Span<Entry> Entries => _entries.AsSpan(0, Count);

    /// <summary>The same as an array, which may be longer than <see cref="Count"/>.</summary>
    public readonly Entry[] ToArray() => _entries ?? [];

    /// <summary>The number of the name at this place.</summary>
    public int FindOrAdd(byte[] buffer, int start, int length)
    {
        var name = buffer.AsSpan(start, length);
        if (Count > 0 && Is(_last, buffer, name))
        {
            return _last;
        }

        var slot = 0;
        if (_slots is null)
        {
            for (var i = 0; i < Count; i++)
            {
                if (Is(i, buffer, name))
                {
                    return _last = i;
                }
            }
        }
        else if (_slots[slot = SlotOf(buffer, name)] is var found and > 0)
        {
            return _last = found - 1;
        }

        return Add(buffer, start, length, slot);
    }

    private int Add(byte[] buffer, int start, int length, int slot)
    {
        if (Count == (_entries?.Length ?? 0))
        {
            Array.Resize(ref _entries, Math.Max(1, Count * 2));
        }

        _entries![Count] = new Entry { Start = start, Length = length };
        Count++;
        if (_slots is not null && Count * 2 <= _slots.Length)
        {
            _slots[slot] = Count;
        }
        else if (Count > Few)
        {
            _slots = new int[(_slots?.Length ?? (Few * 2)) * 2];
            for (var i = 0; i < Count; i++)
            {
                _slots[SlotOf(buffer, Bytes(i, buffer))] = i + 1;
            }
        }

        return _last = Count - 1;
    }

    /// <summary>The slot that holds the name, or the free one where it would stand.</summary>
    private readonly int SlotOf(byte[] buffer, ReadOnlySpan<byte> name)
    {
        var slot = (int)(Hash(name) & (uint)(_slots!.Length - 1));
        while (_slots[slot] != 0 && !Is(_slots[slot] - 1, buffer, name))
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        return slot;
    }

    /// <summary>The runtime's keyed hash of texts, over pairs of bytes; an odd one out is mixed in.</summary>
    private static uint Hash(ReadOnlySpan<byte> name)
    {
        var hash = (uint)string.GetHashCode(MemoryMarshal.Cast<byte, char>(name));
        hash = (name.Length & 1) == 0 ? hash : (hash ^ name[^1]) * 0x9E3779B1;
        return hash ^ (hash >> 15);
    }

    private readonly bool Is(int number, byte[] buffer, ReadOnlySpan<byte> name) => Bytes(number, buffer).SequenceEqual(name);

    private readonly ReadOnlySpan<byte> Bytes(int number, byte[] buffer) => buffer.AsSpan(_entries![number].Start, _entries[number].Length);

    internal struct Entry
    {
        public int Start;
        public int Length;
        public int Value;
    }
}
