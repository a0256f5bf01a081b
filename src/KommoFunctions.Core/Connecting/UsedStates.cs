using Azure.Data.Tables;
using KommoFunctions.Storage;

namespace KommoFunctions.Connecting;

/// <summary>The tries to connect that have come back, one row each: none comes back twice, on whatever instance.</summary>
internal sealed class UsedStates(VersionedRows rows)
{
    private const string Partition = "state";

    /// <summary>How long after its end a try is remembered: its signature no longer counts anyway.</summary>
    private static readonly TimeSpan Keep = TimeSpan.FromHours(1);

    /// <returns>False when it was used before.</returns>
    public Task<bool> TryUseAsync(ConnectState state, CancellationToken cancellationToken) =>
        rows.TryAddAsync(new TableEntity(Partition, state.Id) { ["Expires"] = state.Expires }, cancellationToken);

    /// <summary>Removes those that expired some time ago.</summary>
    public ISweep Sweep(TimeSpan every) =>
        new TableSweep(rows, every, now => TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and Expires lt {now - Keep}"));
}
