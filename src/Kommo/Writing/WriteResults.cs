using System.Collections;

namespace Kommo;

/// <summary>What became of each item of a write, in the order in which they were given.</summary>
/// <typeparam name="T">What Kommo answers for an item.</typeparam>
public sealed class WriteResults<T> : IReadOnlyList<WriteResult<T>>
    where T : class
{
    private readonly List<WriteResult<T>> _results;

    internal WriteResults(List<WriteResult<T>> results, int requests) => (_results, Requests) = (results, requests);

    /// <inheritdoc />
    public int Count => _results.Count;

    /// <summary>How many requests the write took, those included that failed; without the repetitions within a request.</summary>
    public int Requests { get; }

    /// <summary>Whether every item succeeded.</summary>
    public bool AllSucceeded => _results.TrueForAll(result => result.IsSuccess);

    /// <summary>What Kommo answered for the items that succeeded.</summary>
    public IEnumerable<T> Answers => _results.Where(result => result.IsSuccess).Select(result => result.Answer!);

    /// <summary>The items that did not succeed.</summary>
    public IEnumerable<WriteResult<T>> Failures => _results.Where(result => !result.IsSuccess);

    /// <inheritdoc />
    public WriteResult<T> this[int index] => _results[index];

    /// <inheritdoc />
    public IEnumerator<WriteResult<T>> GetEnumerator() => _results.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Returns the answers, in order, when every item succeeded.</summary>
    /// <exception cref="KommoWriteException">An item did not succeed; the exception holds all results.</exception>
    public IReadOnlyList<T> ThrowIfAnyFailed() =>
        AllSucceeded ? [.. Answers] : throw new KommoWriteException(_results, _results.Find(result => !result.IsSuccess)!.Error);
}
