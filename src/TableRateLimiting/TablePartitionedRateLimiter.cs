using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using TableRateLimiting.Storage;

namespace TableRateLimiting;

/// <summary>One <see cref="TableRateLimiter"/> for each of many scopes, such as one for each account.</summary>
public static class TablePartitionedRateLimiter
{
    /// <summary>
    /// Makes a limiter that limits each scope by itself. A scope's limiter is made at its first use and dropped when it has been idle for a while
    /// (<see cref="PartitionedRateLimiter.Create"/>); since its state is in the table, nothing is forgotten. All of them share what is known of the
    /// service's time.
    /// </summary>
    /// <param name="table">The table; it is created at the first use if need be. A client without retries of its own does best.</param>
    /// <param name="scope">The scope of a resource. Called for each permit: keep it cheap.</param>
    /// <param name="options">The limits of a scope.</param>
    /// <param name="time">The time; the system's by default.</param>
    /// <param name="logger">Where changes of state are logged.</param>
    /// <param name="meterFactory">Makes the meters.</param>
    /// <typeparam name="TResource">What permits are asked for.</typeparam>
    public static PartitionedRateLimiter<TResource> Create<TResource>(
        TableClient table,
        Func<TResource, TableRateLimitScope> scope,
        Func<TableRateLimitScope, TableRateLimiterOptions> options,
        TimeProvider? time = null,
        ILogger<TableRateLimiter>? logger = null,
        IMeterFactory? meterFactory = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(options);
        var provider = time ?? TimeProvider.System;
        var clock = new StorageClock(provider);
        return PartitionedRateLimiter.Create<TResource, TableRateLimitScope>(resource => RateLimitPartition.Get(
            scope(resource),
            key => new TableRateLimiter(table, key, options(key), clock, provider, logger, meterFactory)));
    }
}
