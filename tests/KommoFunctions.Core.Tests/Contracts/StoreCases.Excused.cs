using KommoFunctions.Accounts;
using KommoFunctions.DeadLetters;
using KommoFunctions.OwnWrites;

namespace KommoFunctions.Core.Tests.Contracts;

internal static partial class StoreCases
{
    private static readonly Excuse Body = new("A body that no row names is removed a day later.") { Later = SweepBodiesAsync };

    private static readonly Excuse DeadLettering = new("A dead-lettering that is repeated counts as another one.")
    {
        Later = SweepBodiesAsync,
        Uncounted = ["Attempts", "Deaths", "Replays"],
    };

    private static readonly Excuse Edited = new("An edit that is made again counts as another one.") { Later = SweepBodiesAsync, Uncounted = ["Edits"] };

    private static readonly Excuse Entry = new("A refresh has an entry too many, never one too few; whoever meets it puts it right.")
    {
        Later = TidyDueAsync,
        Uncounted = ["Connections"],
    };

    private static readonly Excuse Mark = new("The mark of a dead process counts for a limited time only, and goes with the old rows.")
    {
        IsExtra = line => line.Contains("-going-", StringComparison.Ordinal),
    };

    private static readonly Excuse Lease = new("What a dead process held is free when its time is over.")
    {
        Later = ActLaterAsync,
        Uncounted = ["Generation"],
    };

    /// <summary>What a method does not keep, each with the reason. The contract fails when one of them is kept after all.</summary>
    public static IReadOnlyDictionary<(string Case, StorageTrouble Trouble), Excuse> Excused { get; } = new Dictionary<(string, StorageTrouble), Excuse>
    {
        [("DeadLetterStore.AddAsync against dead-lettering again", StorageTrouble.Crash)] = DeadLettering,
        [("DeadLetterStore.AddAsync against an edit", StorageTrouble.Crash)] = DeadLettering,
        [("DeadLetterStore.AddAsync against dead-lettering again", StorageTrouble.Conflict)] = Body,
        [("DeadLetterStore.AddAsync against dead-lettering again", StorageTrouble.StaleRead)] = Body,
        [("DeadLetterStore.DiscardAsync against an edit", StorageTrouble.Crash)] = Body,
        [("DeadLetterStore.DiscardUnchangedAsync against dead-lettering again", StorageTrouble.Crash)] = Body,
        [("DeadLetterStore.EditAsync against an edit", StorageTrouble.Crash)] = Edited,
        [("DeadLetterStore.EditAsync against dead-lettering again", StorageTrouble.Crash)] = Edited,
        [("DeadLetterStore.MoveAsync against dead-lettering again", StorageTrouble.Crash)] = Body,
        [("DeadLetterStore.DiscardOlderAsync against dead-lettering again", StorageTrouble.Crash)] = Body,
        [("CommandHistory.ForgetAsync against dead-lettering again", StorageTrouble.Conflict)] = DeadLettering,
        [("CommandHistory.ForgetAsync against dead-lettering again", StorageTrouble.StaleRead)] = DeadLettering,
        [("CommandHistory.ForgetAsync against dead-lettering again", StorageTrouble.Crash)] = DeadLettering,
        [("AccountStore.ConnectAsync against another fact", StorageTrouble.Crash)] = Entry,
        [("AccountStore.SetTokenAsync against a postponed refresh", StorageTrouble.Crash)] = Entry,
        [("AccountStore.SetDueAsync against another fact", StorageTrouble.Crash)] = Entry,
        [("DirectWriteStore.BeginAsync against another write", StorageTrouble.Crash)] = Mark,
        [("DirectWriteStore.EndAsync against another write", StorageTrouble.Crash)] = Mark,
        [("RowLease`1.SaveAsync against another holder", StorageTrouble.Crash)] = Lease,
        [("RowLease`1.TrySaveAsync against another holder", StorageTrouble.Crash)] = Lease,
        [("RowLease`1.DisposeAsync against another holder", StorageTrouble.Crash)] = Lease,
    };

    private static async Task SweepBodiesAsync(StoreCase test, ContractProcess process)
    {
        process.Time.MoveTo(process.Now + (2 * UnnamedBodySweep.Keep));
        await SweepBodiesAsync(process, process.Now);
    }

    private static async Task SweepBodiesAsync(ContractProcess process, DateTimeOffset now)
    {
        await foreach (var _ in process.Get<DeadLetterStore>().SweepBodies(TimeSpan.Zero).RunAsync(now, from: null, default))
        {
            // How many went is told to the metrics only.
        }
    }

    private static async Task TidyDueAsync(StoreCase test, ContractProcess process)
    {
        var accounts = process.Get<AccountStore>();
        foreach (var due in await accounts.ListDueAsync(At.AddYears(1), default).ToListAsync())
        {
            await accounts.TidyDueAsync(due, await accounts.GetAsync(due.AccountId, default), default);
        }
    }

    private static async Task ActLaterAsync(StoreCase test, ContractProcess process)
    {
        process.Time.MoveTo(process.Now + (2 * Minute));
        Assert.Equal(true, await test.Act(process));
    }
}
