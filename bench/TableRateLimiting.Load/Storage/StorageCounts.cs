using KommoFunctions.Emulators.Storage;

namespace TableRateLimiting.Load.Storage;

/// <summary>What the proxy in front of the table service has counted up to an instant.</summary>
/// <param name="At">The instant, on <see cref="Clock"/>.</param>
/// <param name="Requests">All requests to the table service but the one by which each worker opens its connection.</param>
/// <param name="Answers">Its answers by method, resource and status: <c>PUT entity 412</c>.</param>
internal sealed record StorageCounts(long At, long Requests, IReadOnlyDictionary<string, long> Answers)
{
    /// <summary>Asking for the service's properties is nothing that a limiter does.</summary>
    private const string WarmUpResource = "account?properties";

    /// <summary>Answers that say another was faster: 412 to a change, 409 to a first write.</summary>
    public long Conflicts => Answers.Where(answer => answer.Key.EndsWith(" 412", StringComparison.Ordinal)
        || answer.Key.EndsWith(" 409", StringComparison.Ordinal)).Sum(answer => answer.Value);

    public static StorageCounts Of(StorageStatistics statistics) => new(
        Clock.Now,
        statistics.Count(Counts),
        statistics.SnapshotAnswers()
            .Where(answer => Counts(answer.Key.Request))
            .ToDictionary(answer => $"{answer.Key.Request.Method} {answer.Key.Request.Resource} {answer.Key.Status}", answer => answer.Value));

    /// <summary>What came in between; the instant is this one's.</summary>
    public StorageCounts Since(StorageCounts earlier) => new(
        At,
        Requests - earlier.Requests,
        Answers.Select(answer => KeyValuePair.Create(answer.Key, answer.Value - earlier.Answers.GetValueOrDefault(answer.Key)))
            .Where(answer => answer.Value != 0)
            .OrderBy(answer => answer.Key, StringComparer.Ordinal)
            .ToDictionary());

    private static bool Counts(StorageRequestKind kind) => kind.Service is StorageService.Table && kind.Resource != WarmUpResource;
}
