using System.Collections.Concurrent;

namespace KommoFunctions.Emulators.Storage;

/// <summary>
/// Counts of the requests that reached the proxy, those that met a fault included: what the same calls would be billed
/// for, and what they cost of the account's limits. Safe to read at any time.
/// </summary>
public sealed class StorageStatistics
{
    private readonly ConcurrentDictionary<StorageRequestKind, long> _counts = new();
    private readonly ConcurrentDictionary<(StorageRequestKind Request, int Status), long> _answers = new();

    /// <summary>All requests.</summary>
    public long Total => Count(_ => true);

    /// <summary>Requests to one service.</summary>
    public long this[StorageService service] => Count(kind => kind.Service == service);

    /// <summary>Requests of one kind.</summary>
    public long this[StorageRequestKind kind] => _counts.GetValueOrDefault(kind);

    /// <summary>Requests of the kinds that <paramref name="which"/> accepts.</summary>
    public long Count(Func<StorageRequestKind, bool> which) => _counts.Where(entry => which(entry.Key)).Sum(entry => entry.Value);

    /// <summary>The counts as they are now.</summary>
    public IReadOnlyDictionary<StorageRequestKind, long> Snapshot() => _counts.ToDictionary();

    /// <summary>
    /// The answers of storage as they are now, by the request's kind and the HTTP status: how often a condition failed (412), say.
    /// What the proxy answers in storage's place is not among them.
    /// </summary>
    public IReadOnlyDictionary<(StorageRequestKind Request, int Status), long> SnapshotAnswers() => _answers.ToDictionary();

    internal void AddAnswer(StorageRequestKind kind, int status) => _answers.AddOrUpdate((kind, status), 1, (_, count) => count + 1);

    internal void Add(StorageRequestKind kind) => _counts.AddOrUpdate(kind, 1, (_, count) => count + 1);
}
