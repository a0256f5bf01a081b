using KommoFunctions.Emulators.Network;
using KommoFunctions.Emulators.Storage;

namespace KommoFunctions.Chaos.Trouble;

/// <summary>Storage fails: some of its answers, or the way to it.</summary>
internal static class StorageTrouble
{
    private const double LargestShare = 0.4;

    private static readonly TroubleKind[] Kinds =
    [
        TroubleKind.Away, TroubleKind.Reset, TroubleKind.Stall, TroubleKind.Slow, TroubleKind.HalfAnswer, TroubleKind.AnswerLost, TroubleKind.AnswerLost,
        TroubleKind.ServerError, TroubleKind.Unavailable, TroubleKind.GatewayTimeout,
    ];

    private static readonly TimeSpan Slowest = TimeSpan.FromMilliseconds(200);

    public static IEnumerable<PlannedTrouble> Plan(int seed) => new TroubleSchedule(Kinds, 1, (2, 5), (0.3, 2.5)).Plan(seed);

    public static async Task CauseAsync(StorageFaults storage, NetworkFaults way, PlannedTrouble trouble, CancellationToken stop)
    {
        StorageFaultKind? fault = trouble.Kind switch
        {
            TroubleKind.AnswerLost => StorageFaultKind.DropResponse,
            TroubleKind.ServerError => StorageFaultKind.ServerError,
            TroubleKind.Unavailable => StorageFaultKind.ServerBusy,
            TroubleKind.GatewayTimeout => StorageFaultKind.GatewayTimeout,
            _ => null,
        };
        if (fault is { } kind)
        {
            using (storage.Add(new StorageFault { Kind = kind, Probability = LargestShare * trouble.Amount }))
            {
                await trouble.PassAsync(stop);
            }
        }
        else if (trouble.Kind == TroubleKind.Slow)
        {
            // Before and after it acts, so that what was read may have changed when something is written.
            storage.RequestLatency = storage.ResponseLatency = new StorageLatency(TimeSpan.Zero, Slowest * trouble.Amount);
            await trouble.PassAsync(stop);
            storage.RequestLatency = storage.ResponseLatency = StorageLatency.None;
        }
        else
        {
            await NetworkTrouble.CauseAsync(way, trouble, stop);
        }
    }
}
