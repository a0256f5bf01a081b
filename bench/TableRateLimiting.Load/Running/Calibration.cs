using System.Globalization;
using Azure.Data.Tables;
using TableRateLimiting.Load.Storage;

namespace TableRateLimiting.Load.Running;

/// <summary>What a table request takes on this machine before the run, so that a report says which latency there really was.</summary>
/// <param name="Direct">The median read past the proxy, in milliseconds.</param>
/// <param name="Counted">The median read through it.</param>
/// <param name="CountedLong">The 95th percentile through it.</param>
internal sealed record Calibration(double Direct, double Counted, double CountedLong)
{
    private const int Reads = 60;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"a table read takes {Direct:0.0} ms, through the proxy {Counted:0.0} ms (p95 {CountedLong:0.0} ms)");

    public static async Task<Calibration> OfAsync(StorageAddresses storage, CancellationToken cancellationToken)
    {
        var direct = await ReadAsync(storage.Direct, cancellationToken);
        var counted = await ReadAsync(storage.Counted, cancellationToken);
        return new Calibration(direct[Reads / 2], counted[Reads / 2], counted[Reads * 95 / 100]);
    }

    private static async Task<double[]> ReadAsync(string connectionString, CancellationToken cancellationToken)
    {
        var table = new TableClient(connectionString, StorageRole.Table);
        var times = new double[Reads];
        // The first reads compile and connect.
        for (var i = -10; i < Reads; i++)
        {
            var before = Clock.Now;
            await table.GetEntityIfExistsAsync<TableEntity>("load", "calibration", cancellationToken: cancellationToken);
            if (i >= 0)
            {
                times[i] = Clock.Seconds(Clock.Now - before) * 1000;
            }
        }

        Array.Sort(times);
        return times;
    }
}
