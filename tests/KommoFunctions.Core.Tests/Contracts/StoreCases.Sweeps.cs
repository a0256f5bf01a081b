using Azure.Data.Tables;
using KommoFunctions.Maintenance;
using KommoFunctions.Splitting;
using KommoFunctions.Storage;

namespace KommoFunctions.Core.Tests.Contracts;

internal static partial class StoreCases
{
    private static IEnumerable<StoreCase> Sweeps()
    {
        var id = new EventIdentity("0123456789abcdef-event", IsTimeless: false);
        static async Task<object?> Sweep(ContractProcess process)
        {
            var before = process.Now.AddSeconds(1);
            var rows = process.Get<StorageConnection>().Rows(TableNames.Events);
            var sweep = new TableSweep(rows, TimeSpan.FromDays(1), now => TableClient.CreateQueryFilter($"Timestamp lt {now}"));
            await foreach (var _ in sweep.RunAsync(before, null, default))
            {
                // How many went is told to the metrics only.
            }

            return "done";
        }

        return
        [
            new(
                typeof(TableSweep),
                nameof(TableSweep.RunAsync),
                "another sweep",
                process => process.Get<EventLog>().TryClaimAsync(Account, id, "first", At, default),
                Sweep,
                Sweep),
            Case<SweepProgressStore>(
                nameof(SweepProgressStore.WriteAsync),
                "another sweep",
                (s, _) => Done(s.WriteAsync("name", new SweepProgress(At, "one", null), default)),
                (s, _) => Done(s.WriteAsync("name", new SweepProgress(At, "other", null), default))),
        ];
    }
}
