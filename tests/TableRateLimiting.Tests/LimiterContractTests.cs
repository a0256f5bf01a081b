using System.Threading.RateLimiting;
using Azure.Data.Tables;
using KommoFunctions.Tests;
using TableRateLimiting.Internal;

namespace TableRateLimiting.Tests;

/// <summary>The cases on the framework's limiter: the yardstick.</summary>
public sealed class SlidingWindowContractTests : LimiterContract
{
    protected override RateLimiter Create(int permitLimit, int queueLimit, QueueProcessingOrder order) =>
        new SlidingWindowRateLimiter(new SlidingWindowRateLimiterOptions
        {
            PermitLimit = permitLimit,
            QueueLimit = queueLimit,
            QueueProcessingOrder = order,
            Window = TimeSpan.FromSeconds(2),
            SegmentsPerWindow = 2,
        });
}

/// <summary>The same cases on ours, in a table of its own.</summary>
public sealed class TableRateLimiterContractTests(AzuriteFixture azurite) : LimiterContract
{
    /// <summary>A busy machine may make storage slow.</summary>
    protected override RateLimiter Create(int permitLimit, int queueLimit, QueueProcessingOrder order) => Limiters.New(
        new TableClient(azurite.ConnectionString, AzuriteFixture.NewTableName()),
        "kommo",
        "contract",
        Settings.From(new TableRateLimiterOptions
        {
            PermitLimit = permitLimit,
            QueueLimit = queueLimit,
            QueueProcessingOrder = order,
            Window = TimeSpan.FromSeconds(2),
            MaxWait = TimeSpan.FromMinutes(1),
        }) with
        {
            AttemptTimeout = TimeSpan.FromSeconds(10),
        });
}
