using System.Diagnostics.Metrics;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using TableRateLimiting.Internal;

namespace TableRateLimiting.Tests;

/// <summary>Limiters on real storage with settings that are no options.</summary>
internal static class Limiters
{
    public static TableRateLimiter New(TableClient table, string partitionKey, string rowKey, Settings settings, IMeterFactory? meters = null)
    {
        var scope = new TableRateLimitScope(partitionKey, rowKey);
        return new TableRateLimiter(
            new GrantStore(table, scope),
            scope.ToString(),
            settings,
            new StorageClock(TimeProvider.System),
            TimeProvider.System,
            Random.Shared,
            NullLogger.Instance,
            meters,
            static work => _ = Task.Run(work));
    }
}
