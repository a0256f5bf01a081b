namespace KommoFunctions.Emulators.Storage;

/// <summary>A fault in force; disposing it lifts it and lets go of what it stalls.</summary>
internal sealed class ActiveStorageFault(StorageFault fault, StorageFaults owner) : IDisposable
{
    private readonly TaskCompletionSource _lifted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int? _left = fault.Times;

    public StorageFault Fault => fault;

    public Task Lifted => _lifted.Task;

    /// <summary>Counts one use; says whether it was the last. The owner holds its lock.</summary>
    public bool UseUp() => _left is not null && --_left == 0;

    public void Dispose()
    {
        owner.Remove(this);
        _lifted.TrySetResult();
    }
}
