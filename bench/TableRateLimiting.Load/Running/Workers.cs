using TableRateLimiting.Load.Children;
using TableRateLimiting.Load.Worker;

namespace TableRateLimiting.Load.Running;

/// <summary>Starts worker processes.</summary>
internal static class Workers
{
    /// <summary>Starts one and waits until it has warmed up.</summary>
    public static async Task<Child> StartAsync(WorkerSettings settings, CancellationToken cancellationToken)
    {
        var worker = Child.Start(WorkerRole.Name, settings.ToArguments());
        try
        {
            await worker.ExpectAsync("ready", cancellationToken);
            return worker;
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }
}
