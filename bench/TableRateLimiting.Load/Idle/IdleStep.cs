using TableRateLimiting.Load.Storage;

namespace TableRateLimiting.Load.Idle;

/// <summary>What a use after idleness came to, counted at the proxy and the receiver.</summary>
/// <param name="IdleSeconds">How long the limiter had been idle; null for its first use ever.</param>
/// <param name="Single">The table requests for one permit.</param>
/// <param name="SingleWait">Seconds from asking to having it.</param>
/// <param name="Burst">The table requests for as many permits as the limit, asked for at once of another limiter, equally idle.</param>
/// <param name="BurstSpread">Seconds between the first and the last arrival of the burst.</param>
/// <param name="BurstBusiest">The most arrivals of that limiter within one second, so far.</param>
/// <param name="WhileIdle">The table requests that came although nobody asked for a permit.</param>
internal sealed record IdleStep(
    double? IdleSeconds, StorageCounts Single, double SingleWait, StorageCounts Burst, double BurstSpread, int BurstBusiest, StorageCounts WhileIdle)
{
    /// <summary>What was missed; a first use has no target.</summary>
    public IEnumerable<string> Misses()
    {
        if (IdleSeconds is not { } idle)
        {
            yield break;
        }

        if (Single.Requests > IdlePlan.MostRequests)
        {
            yield return FormattableString.Invariant($"{Single.Requests} table requests for one permit after {idle:0} s, {IdlePlan.MostRequests} is allowed");
        }

        if (BurstSpread > IdlePlan.MostSpread)
        {
            yield return FormattableString.Invariant($"a burst after {idle:0} s arrived within {BurstSpread * 1000:0.0} ms, {IdlePlan.MostSpread * 1000:0} ms are allowed");
        }

        if (BurstBusiest > Results.Targets.PermitLimit)
        {
            yield return FormattableString.Invariant($"{BurstBusiest} arrivals within one second, {Results.Targets.PermitLimit} are allowed");
        }
    }
}
