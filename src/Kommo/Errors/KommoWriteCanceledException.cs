namespace Kommo;

/// <summary>A write of many was cancelled. <see cref="Results"/> says what became of each item up to then, so that nothing done is lost.</summary>
public sealed class KommoWriteCanceledException : OperationCanceledException
{
    internal KommoWriteCanceledException(IReadOnlyList<WriteResult> results, OperationCanceledException inner, CancellationToken cancellationToken)
        : base("The write was cancelled before all items were written.", inner, cancellationToken) => Results = results;

    /// <summary>What became of each item that had been taken in, in the order in which they were given.</summary>
    public IReadOnlyList<WriteResult> Results { get; }
}
