using TableRateLimiting.Machine;

namespace TableRateLimiting.Internal;

/// <summary>A request whose caller waits for the outcome.</summary>
internal sealed class PendingPermit(PermitRequest request) : QueuedRequest(request)
{
    private TaskCompletionSource<PermitOutcome> _outcome = NewSource();

    public Task<PermitOutcome> Outcome => _outcome.Task;

    public void Decide(PermitOutcome outcome) => _outcome.TrySetResult(outcome);

    public void Cancel(CancellationToken cancellationToken) => _outcome.TrySetCanceled(cancellationToken);

    public void WaitAgain() => _outcome = NewSource();

    /// <summary>One caller's code must not delay the others' permits.</summary>
    private static TaskCompletionSource<PermitOutcome> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>A pause whose caller waits until it is written.</summary>
internal sealed class PendingPause : PauseRequest
{
    private readonly TaskCompletionSource<Exception?> _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when it is written, or with why it is not.</summary>
    public Task<Exception?> Written => _written.Task;

    public void Complete(Exception? away) => _written.TrySetResult(away);
}
