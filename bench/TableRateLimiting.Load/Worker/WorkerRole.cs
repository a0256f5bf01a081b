using System.Globalization;
using Azure.Data.Tables;
using TableRateLimiting.Load.Children;
using TableRateLimiting.Load.Storage;

namespace TableRateLimiting.Load.Worker;

/// <summary>
/// A worker process: one limiter and its callers. Orders: <c>start</c> lets the callers go round until the end;
/// <c>use N</c> has N permits asked for at once and answers <c>used</c> when the last is used.
/// </summary>
internal static class WorkerRole
{
    public const string Name = "worker";

    public static async Task<int> RunAsync(WorkerSettings settings)
    {
        using var orders = new Orders();
        using var target = new Target(settings.Target, settings.Number);
        await target.WarmUpAsync(settings.Callers, orders.End);
        await WarmUp.RunAsync(settings, orders.End);
        await using var limiter = NewLimiter(settings, settings.Counted, settings.Row);
        Orders.Say("ready");

        var caller = new Caller(limiter, target);
        await foreach (var order in orders.ReadAllAsync())
        {
            if (order == "start")
            {
                await UntilTheEndAsync(caller, settings.Callers, orders.End);
            }
            else
            {
                var permits = int.Parse(order["use ".Length..], CultureInfo.InvariantCulture);
                await Task.WhenAll(Enumerable.Range(0, permits).Select(_ => caller.UseOneAsync(orders.End)));
                Orders.Say("used");
            }
        }

        return 0;
    }

    public static TableRateLimiter NewLimiter(WorkerSettings settings, string connectionString, string row)
    {
        var table = new TableClient(connectionString, StorageRole.Table, new TableClientOptions { Retry = { MaxRetries = 0 } });
        var time = new SkewedTime(TimeSpan.FromSeconds(settings.ClockSkew));
        return new TableRateLimiter(table, "load", row, LimiterOptions.Parse(settings.Options), time, new WarningLog(settings.Number));
    }

    /// <summary>One caller's failure ends the others, and with them this process: a run with fewer callers would look like one with all.</summary>
    private static async Task UntilTheEndAsync(Caller caller, int callers, CancellationToken end)
    {
        try
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(0, callers),
                new ParallelOptions { MaxDegreeOfParallelism = callers, CancellationToken = end },
                async (_, token) => await caller.RepeatAsync(token));
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The run is over.
        }
    }
}
