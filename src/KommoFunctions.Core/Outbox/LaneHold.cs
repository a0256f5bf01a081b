using KommoFunctions.Failures;
using KommoFunctions.Messaging;

namespace KommoFunctions.Outbox;

/// <summary>
/// A lane in the hands of one pass. Whatever it does to the lane is a compare-and-swap on the lane's row, so a process that was suspended and lost the
/// lane finds out before it sends anything.
/// </summary>
internal sealed class LaneHold(OutboxStore store, LaneKey key, TimeSpan duration, TimeProvider time)
{
    private readonly string _holder = Guid.NewGuid().ToString("N");
    private bool _taken;

    public LaneKey Key => key;

    /// <summary>The row as it was read or written last, with what is to be written when the lane is given back.</summary>
    public LaneState State { get; set; } = LaneState.New;

    /// <summary>Reads the row.</summary>
    /// <exception cref="NotNowException">Another process has the lane.</exception>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        State = await store.ReadStateAsync(key, cancellationToken);
        if (State.HeldUntil - time.GetUtcNow() is { Ticks: > 0 } wait)
        {
            // Asked again soon, not when the hold ends: as a rule it is given back long before.
            var soon = TimeSpan.FromSeconds(1);
            throw new NotNowException($"Another process sends the commands of {key.PartitionKey}.", wait < soon ? wait : soon);
        }
    }

    /// <summary>Takes the lane, or keeps it, and writes the state.</summary>
    /// <exception cref="NotNowException">Another process has taken the lane.</exception>
    public async Task WriteAsync(LaneState state, CancellationToken cancellationToken)
    {
        // From here on: storage may have acted though its answer is lost.
        _taken = true;
        State = await store.TryWriteStateAsync(key, state with { Holder = _holder, HeldUntil = time.GetUtcNow() + duration }, cancellationToken)
            ?? throw new NotNowException($"Another process took {key.PartitionKey} over.", TimeSpan.FromSeconds(1));
    }

    /// <summary>Gives the lane back, if it was taken and nobody else has it by now.</summary>
    public async Task ReleaseAsync()
    {
        if (_taken)
        {
            await store.TryWriteStateAsync(key, State with { Holder = _holder, HeldUntil = DateTimeOffset.UnixEpoch }, CancellationToken.None);
        }
    }
}
