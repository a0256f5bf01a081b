using TableRateLimiting.Grants;
using TableRateLimiting.Storage;

namespace TableRateLimiting.Machine;

/// <summary>One request to storage.</summary>
internal abstract record StorageOperation
{
    /// <summary>Write beside the record, to learn the service's time.</summary>
    internal sealed record Probe : StorageOperation;

    /// <summary>Read the record.</summary>
    internal sealed record Read : StorageOperation;

    /// <summary>Replace the record if it still has the version.</summary>
    internal sealed record Write(GrantRecord Record, string? Version) : StorageOperation;
}

/// <summary>What storage answered: the record read or written; null for a probe, and for a write when another process was faster.</summary>
internal readonly record struct StorageAnswer(StoredRecord? Stored);
