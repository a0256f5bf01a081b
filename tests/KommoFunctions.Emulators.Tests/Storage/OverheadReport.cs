using Azure.Data.Tables;
using KommoFunctions.Tests;

namespace KommoFunctions.Emulators.Storage;

public sealed class OverheadReport(AzuriteFixture fixture, ITestOutputHelper output) : StorageTestBase(fixture)
{
    private const int Writes = 300;

    [Fact]
    public async Task What_the_proxy_costs_a_point_write_is_reported()
    {
        var through = await CreateTableAsync();
        var direct = new TableClient(Fixture.ConnectionString, through.Name);
        var times = new Dictionary<TableClient, List<double>> { [direct] = [], [through] = [] };

        for (var write = 0; write < Writes; write++)
        {
            foreach (var (client, samples) in times)
            {
                var started = TimeProvider.System.GetTimestamp();
                await client.UpsertEntityAsync(new TableEntity("p", "r") { ["Value"] = write }, TableUpdateMode.Replace);
                samples.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        var (directMedian, throughMedian) = (Median(times[direct]), Median(times[through]));
        output.WriteLine($"median of {Writes}: direct {directMedian:0.000} ms, through the proxy {throughMedian:0.000} ms, ratio {throughMedian / directMedian:0.00}");
        Assert.Equal(Writes, Proxy.Statistics[StorageService.Table]);
    }

    private static double Median(List<double> samples) => samples.Order().ElementAt(samples.Count / 2);
}
