using KommoFunctions.Limiting;
using KommoFunctions.Storage;

namespace KommoFunctions.Core.Tests.Contracts;

internal static partial class StoreCases
{
    private static IEnumerable<StoreCase> Blocks()
    {
        static async Task<object?> Report(ContractProcess process, string host)
        {
            var rows = process.Get<StorageConnection>().Rows(TableNames.Limits);
            return await new BlockReports(rows, "address", TimeSpan.FromHours(1), process.Time).ReportAsync(host, default);
        }

        StoreCase Reports(string against, string other) => new(
            typeof(BlockReports),
            nameof(BlockReports.ReportAsync),
            against,
            process => Task.CompletedTask,
            process => Report(process, "one.kommo.com"),
            process => Report(process, other));
        return [Reports("the same host's", "one.kommo.com"), Reports("another host's", "other.kommo.com")];
    }
}
