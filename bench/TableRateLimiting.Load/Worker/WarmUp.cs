using Azure.Data.Tables;
using TableRateLimiting.Load.Storage;

namespace TableRateLimiting.Load.Worker;

/// <summary>
/// Makes the table, past the proxy, and opens the connection to the proxy with a request that does not count. The limiter itself is not used: a
/// process's first permit, its compiler and its first look at the clock belong to what is measured.
/// </summary>
internal static class WarmUp
{
    public static async Task RunAsync(WorkerSettings settings, CancellationToken cancellationToken)
    {
        await new TableServiceClient(settings.Direct).CreateTableIfNotExistsAsync(StorageRole.Table, cancellationToken);
        await new TableServiceClient(settings.Counted).GetPropertiesAsync(cancellationToken);
    }
}
