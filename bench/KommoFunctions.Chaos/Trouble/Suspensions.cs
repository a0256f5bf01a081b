using Kommo.Simulator;
using KommoFunctions.Emulators.Storage;

namespace KommoFunctions.Chaos.Trouble;

/// <summary>
/// Accounts are not paid for, for a time: their work is parked, and released afterwards. The tables answer late while it is released, so that processes
/// that have not heard of it yet go on parking.
/// </summary>
internal static class Suspensions
{
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(400);

    private static readonly TimeSpan ReleaseTime = TimeSpan.FromSeconds(4);

    public static IEnumerable<PlannedTrouble> Plan(int seed, int accounts) => new TroubleSchedule([TroubleKind.Suspended], accounts, (5, 12), (4, 9)).Plan(seed);

    /// <param name="account">The account.</param>
    /// <param name="storage">What fails of storage.</param>
    /// <param name="trouble">How long it lasts, and the share of the tables' answers that are late when it ends.</param>
    /// <param name="ends">Is told when Kommo is about to serve the account again.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task CauseAsync(KommoSimulator account, StorageFaults storage, PlannedTrouble trouble, Func<Task> ends, CancellationToken stop)
    {
        account.AddFault(new SimulatorFault(FaultKind.PaymentRequired, Count: int.MaxValue));
        await trouble.PassAsync(stop);
        await ends();
        using (storage.Add(new StorageFault
        {
            Kind = StorageFaultKind.Late,
            Delay = Late,
            Matches = request => request.Service == StorageService.Table,
            Probability = trouble.Amount,
        }))
        {
            // Faults that came up meanwhile, which no request could meet, go with it.
            account.ClearFaults();
            await NetworkTrouble.WaitAsync(ReleaseTime, stop);
        }
    }
}
