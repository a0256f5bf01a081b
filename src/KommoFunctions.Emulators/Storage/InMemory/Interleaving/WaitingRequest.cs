namespace KommoFunctions.Emulators.Storage.InMemory.Interleaving;

/// <summary>A request that waits for its turn: to act, or, once it has an answer, to return.</summary>
internal sealed class WaitingRequest(InterleavedProcess process, StorageCall call)
{
    /// <summary>Continues its caller at once, on the thread that completes it: the caller is at its next request, or has ended, when that returns.</summary>
    private readonly TaskCompletionSource<StorageAnswer> _returned = new();

    public InterleavedProcess Process => process;

    public StorageCall Call => call;

    public StorageAnswer? Answer { get; set; }

    /// <summary>The step before which it stands still; null while it was not held up.</summary>
    public int? HeldUntil { get; set; }

    public Task<StorageAnswer> Returned => _returned.Task;

    public void Return(StorageAnswer answer) => _returned.TrySetResult(answer);

    public void Fail(Exception failure) => _returned.TrySetException(failure);
}
