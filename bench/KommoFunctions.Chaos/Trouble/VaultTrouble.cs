using KommoFunctions.Emulators.KeyVault;
using KommoFunctions.Emulators.Network;

namespace KommoFunctions.Chaos.Trouble;

/// <summary>The vault fails: its next answers, or the way to it.</summary>
internal static class VaultTrouble
{
    private const int MostTimes = 6;

    private static readonly TroubleKind[] Kinds =
    [
        TroubleKind.Away, TroubleKind.Reset, TroubleKind.Stall, TroubleKind.Slow, TroubleKind.HalfAnswer, TroubleKind.AnswerLost,
        TroubleKind.TooManyRequests, TroubleKind.ServerError, TroubleKind.Unavailable, TroubleKind.GatewayTimeout,
    ];

    public static IEnumerable<PlannedTrouble> Plan(int seed) => new TroubleSchedule(Kinds, 1, (2, 8), (0.3, 2.5)).Plan(seed);

    public static async Task CauseAsync(KeyVaultEmulator vault, NetworkFaults way, PlannedTrouble trouble, CancellationToken stop)
    {
        KeyVaultFault? fault = trouble.Kind switch
        {
            TroubleKind.AnswerLost => new KeyVaultFault { StatusCode = null, AfterActing = true },
            TroubleKind.TooManyRequests => new KeyVaultFault { StatusCode = 429, RetryAfter = 1 },
            TroubleKind.ServerError => new KeyVaultFault { StatusCode = 500 },
            TroubleKind.Unavailable => new KeyVaultFault { StatusCode = 503 },
            TroubleKind.GatewayTimeout => new KeyVaultFault { StatusCode = 504 },
            _ => null,
        };
        if (fault is null)
        {
            await NetworkTrouble.CauseAsync(way, trouble, stop);
            return;
        }

        vault.FailNext(fault with { Times = 1 + (int)(MostTimes * trouble.Amount) });
        await trouble.PassAsync(stop);
        vault.ClearFaults();
    }
}
