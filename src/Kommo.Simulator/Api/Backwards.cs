using System.Collections;

namespace Kommo.Simulator.Api;

/// <summary>A list from its end, without a copy of it.</summary>
internal sealed class Backwards<T>(IReadOnlyList<T> rows) : IReadOnlyList<T>
{
    public int Count => rows.Count;

    public T this[int index] => rows[rows.Count - 1 - index];

    public IEnumerator<T> GetEnumerator()
    {
        for (int index = 0; index < Count; index++)
        {
            yield return this[index];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
