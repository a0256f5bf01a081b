using System.Threading.RateLimiting;
using Azure.Core;
using Azure.Data.Tables;
using KommoFunctions.Tests;

namespace TableRateLimiting.Tests;

/// <summary>One limiter for each of many accounts, against a real table service.</summary>
public sealed class PartitionedTests(AzuriteFixture azurite)
{
    private readonly FaultPolicy _network = new();
    private readonly string _table = AzuriteFixture.NewTableName();

    [Fact]
    public async Task Each_account_has_a_limit_of_its_own()
    {
        await using var limiter = Create();
        using var first = await limiter.AcquireAsync(1, permitCount: 7);
        using var other = await limiter.AcquireAsync(2, permitCount: 7);
        using var refused = await limiter.AcquireAsync(1, permitCount: 7);

        Assert.True(first.IsAcquired);
        Assert.True(other.IsAcquired);
        Assert.False(refused.IsAcquired);
    }

    [Fact]
    public async Task A_new_account_s_limiter_knows_the_service_time_from_the_others()
    {
        await using var limiter = Create();
        using var first = await limiter.AcquireAsync(1);
        var requests = _network.Requests;

        using var second = await limiter.AcquireAsync(2);

        // One that reads the record and one that writes it.
        Assert.Equal(2, _network.Requests - requests);
    }

    private PartitionedRateLimiter<int> Create()
    {
        var options = new TableClientOptions { Retry = { MaxRetries = 0 } };
        options.AddPolicy(_network, HttpPipelinePosition.PerRetry);
        return TablePartitionedRateLimiter.Create<int>(
            new TableClient(azurite.ConnectionString, _table, options),
            account => new TableRateLimitScope("account", $"{account}"),
            _ => new TableRateLimiterOptions
            {
                MaxWait = TimeSpan.FromSeconds(1),
                Window = TimeSpan.FromSeconds(30),
            });
    }
}
