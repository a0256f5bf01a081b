using KommoFunctions.Emulators.Network;

namespace KommoFunctions.Chaos.Trouble;

/// <summary>Trouble on the way, which is the same whoever stands at its end.</summary>
internal static class NetworkTrouble
{
    /// <summary>Some answers pass such a cut whole, some lose their body, some their headers.</summary>
    private const int LongestHalf = 2000;

    private static readonly TimeSpan Slowest = TimeSpan.FromMilliseconds(400);

    /// <summary>Causes it and lifts it after its time; a trouble that is none of the network's is refused.</summary>
    public static async Task CauseAsync(NetworkFaults faults, PlannedTrouble trouble, CancellationToken stop)
    {
        switch (trouble.Kind)
        {
            case TroubleKind.Away:
                faults.Away = true;
                await trouble.PassAsync(stop);
                faults.Away = false;
                break;
            case TroubleKind.Reset:
                faults.ResetConnections();
                break;
            case TroubleKind.Stall:
                faults.Stalled = true;
                await trouble.PassAsync(stop);
                faults.Stalled = false;
                break;
            case TroubleKind.Slow:
                faults.Latency = Slowest * trouble.Amount;
                await trouble.PassAsync(stop);
                faults.Latency = TimeSpan.Zero;
                break;
            case TroubleKind.HalfAnswer:
                faults.CutAnswersAfter = (int)(LongestHalf * trouble.Amount);
                await trouble.PassAsync(stop);
                faults.CutAnswersAfter = null;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(trouble), trouble.Kind, "The network does not fail like that.");
        }
    }

    /// <summary>Waits until the trouble is over, or all trouble is.</summary>
    public static Task PassAsync(this PlannedTrouble trouble, CancellationToken stop) => WaitAsync(trouble.Lasts, stop);

    /// <summary>Waits, and returns at the stop without a word.</summary>
    public static async Task WaitAsync(TimeSpan time, CancellationToken stop)
    {
        if (time > TimeSpan.Zero)
        {
            await Task.Delay(time, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
