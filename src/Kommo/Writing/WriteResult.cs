using System.Diagnostics.CodeAnalysis;

namespace Kommo;

/// <summary>What became of one item of a write.</summary>
public abstract class WriteResult
{
    private protected WriteResult(int position, string? requestId, WriteOutcome outcome, Exception? error, IReadOnlyList<KommoFieldProblem> problems) =>
        (Position, RequestId, Outcome, Error, Problems) = (position, requestId, outcome, error, problems);

    /// <summary>The item's position in what was written, counted from 0.</summary>
    public int Position { get; }

    /// <summary>The <c>request_id</c> that the item was sent with, or was to be sent with.</summary>
    public string? RequestId { get; }

    /// <summary>What became of it.</summary>
    public WriteOutcome Outcome { get; }

    /// <summary>
    /// Why it did not succeed: the <see cref="KommoException"/> of its request, which other items may share, or the
    /// <see cref="KommoLimitException"/> for which it was not sent. Null when it succeeded.
    /// </summary>
    public Exception? Error { get; }

    /// <summary>What Kommo found wrong with this very item; empty when it named nothing.</summary>
    public IReadOnlyList<KommoFieldProblem> Problems { get; }
}

/// <summary>What became of one item of a write.</summary>
/// <typeparam name="T">What Kommo answers for an item.</typeparam>
public sealed class WriteResult<T> : WriteResult
    where T : class
{
    private WriteResult(int position, string? requestId, WriteOutcome outcome, T? answer, Exception? error, IReadOnlyList<KommoFieldProblem> problems)
        : base(position, requestId, outcome, error, problems) => Answer = answer;

    /// <summary>What Kommo answered, the id above all; null when the item did not succeed.</summary>
    public T? Answer { get; }

    /// <summary>Whether Kommo carried it out.</summary>
    [MemberNotNullWhen(true, nameof(Answer))]
    public bool IsSuccess => Outcome == WriteOutcome.Succeeded;

    internal static WriteResult<T> Success(int position, string? requestId, T answer) =>
        new(position, requestId, WriteOutcome.Succeeded, answer, null, []);

    internal static WriteResult<T> Failure(
        int position, string? requestId, WriteOutcome outcome, Exception error, IReadOnlyList<KommoFieldProblem>? problems = null) =>
        new(position, requestId, outcome, null, error, problems ?? []);
}
