using TableRateLimiting.Grants;

namespace TableRateLimiting.Storage;

/// <summary>A record and the version it had when it was read; the version is null when there is none yet.</summary>
internal sealed record StoredRecord(GrantRecord Record, string? Version);

/// <summary>An answer of the store with the service's time in it; <see cref="Exact"/> when that is finer than a second.</summary>
internal readonly record struct Answer<T>(T Value, ServiceStamp? Stamp, bool Exact);

/// <summary>One record that is changed by compare-and-swap. Every failure but a lost race is an exception, after which a write may have happened or not.</summary>
internal interface IGrantStore
{
    Task<Answer<StoredRecord>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the record if it still has the version. The value is the new version, or null when another was faster.</summary>
    Task<Answer<string?>> TryWriteAsync(GrantRecord record, string? version, CancellationToken cancellationToken);

    /// <summary>Writes beside the record, to learn the service's time without a race. The value says whether storage took the write.</summary>
    Task<Answer<bool>> ProbeAsync(CancellationToken cancellationToken);
}
