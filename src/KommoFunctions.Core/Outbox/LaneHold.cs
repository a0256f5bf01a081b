using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;

namespace KommoFunctions.Outbox;

/// <summary>A lane and the lease that one pass has on its row. Reading takes nothing: a lane without work costs no write.</summary>
internal sealed class LaneHold(LaneKey key, RowLease<LaneState> lease) : IAsyncDisposable
{
    public LaneKey Key => key;

    /// <summary>What the row carries, with what is to be written when the lane is given back.</summary>
    public LaneState State
    {
        get => lease.State;
        set => lease.State = value;
    }

    /// <summary>How long this pass may still act for the lane.</summary>
    public TimeSpan Left => lease.Left;

    /// <exception cref="NotNowException">Another process has the lane.</exception>
    public void RequireFree()
    {
        if (lease.FreeIn is { Ticks: > 0 } wait)
        {
            // Asked again soon, not when the hold ends: as a rule it is given back long before.
            var soon = TimeSpan.FromSeconds(1);
            throw new NotNowException($"Another process sends the commands of {key.PartitionKey}.", wait < soon ? wait : soon);
        }
    }

    /// <summary>Takes the lane, or keeps it, and writes the state.</summary>
    /// <exception cref="NotNowException">Another process has taken the lane.</exception>
    public Task WriteAsync(LaneState state, CancellationToken cancellationToken) => lease.SaveAsync(state, cancellationToken);

    public ValueTask DisposeAsync() => lease.DisposeAsync();
}
