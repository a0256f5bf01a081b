using Kommo;
using Kommo.Simulator;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Core.Tests.Tokens;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.Limiting;

public sealed class BlockTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_block_is_counted_and_the_log_names_the_host_that_it_is_about()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        using var blocks = host.Process.Measure<long>("kommo.blocks");
        host.Kommo.AddFault(new SimulatorFault(FaultKind.HtmlForbidden));

        await Assert.ThrowsAnyAsync<KommoException>(() => TokenScenario.CallAsync(host.Process, host));

        var block = Assert.Single(blocks.GetMeasurementSnapshot());
        Assert.Equal((1, MetricNames.Other), (block.Value, block.Tags["server.address"]));
        Assert.Contains(host.Process.Logs.GetSnapshot(), log => log.Message.Contains($"blocks {host.Kommo.BaseAddress.Authority}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_right_that_is_missing_is_no_block()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        using var blocks = host.Process.Measure<long>("kommo.blocks");
        host.Kommo.AddFault(new SimulatorFault(FaultKind.Forbidden));

        await Assert.ThrowsAnyAsync<KommoException>(() => TokenScenario.CallAsync(host.Process, host));

        Assert.Empty(blocks.GetMeasurementSnapshot());
    }
}
