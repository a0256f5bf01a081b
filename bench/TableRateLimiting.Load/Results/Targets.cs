namespace TableRateLimiting.Load.Results;

/// <summary>What a run must reach. What is null is not asked for.</summary>
/// <param name="LeastRate">Permits a second as a share of the limit, 0 to 1.</param>
/// <param name="MostTrips">Table requests for each permit.</param>
/// <param name="LeastShare">What the process with the fewest permits got of what the one with the most got, 0 to 1.</param>
/// <param name="MostRecoverySeconds">From a kill until the rate is back.</param>
internal sealed record Targets(
    double? LeastRate = null, double? MostTrips = null, double? LeastShare = null, double? MostRecoverySeconds = null)
{
    /// <summary>Kommo's limit, and that of the limiter's defaults; every run is held to it.</summary>
    public const int PermitLimit = 7;
}
