namespace Kommo;

/// <summary>Some items of a write did not succeed. <see cref="Results"/> says what became of each, of those too that succeeded.</summary>
public sealed class KommoWriteException : Exception
{
    internal KommoWriteException(IReadOnlyList<WriteResult> results, Exception? first)
        : base($"{results.Count(result => result.Outcome != WriteOutcome.Succeeded)} of {results.Count} items were not written.", first) =>
        Results = results;

    /// <summary>What became of each item, in the order in which they were given.</summary>
    public IReadOnlyList<WriteResult> Results { get; }
}
