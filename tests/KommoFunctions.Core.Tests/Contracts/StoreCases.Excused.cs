namespace KommoFunctions.Core.Tests.Contracts;

internal static partial class StoreCases
{
    private const string Body =
        "A death that is told again counts as another one, and a body that no row names any more stays in its container, where nobody reads it.";

    private const string Entry = "A refresh has an entry too many, never one too few; whoever meets it puts it right.";

    private const string Mark = "The mark of a dead process counts for a limited time only, and goes with the old rows.";

    private const string Lease = "What a dead process held is free when its time is over.";

    private const string History = "Two deaths of one command side by side count as two replays that came back.";

    /// <summary>What a method does not keep, each with the reason. The contract fails when one of them is kept after all.</summary>
    public static IReadOnlyDictionary<(string Case, StorageTrouble Trouble), string> Excused { get; } = new Dictionary<(string, StorageTrouble), string>
    {
        [("DeadLetterStore.AddAsync against another death", StorageTrouble.Crash)] = Body,
        [("DeadLetterStore.AddAsync against an edit", StorageTrouble.Crash)] = Body,
        [("DeadLetterStore.DiscardAsync against an edit", StorageTrouble.Crash)] = Body,
        [("DeadLetterStore.DiscardUnchangedAsync against another death", StorageTrouble.Crash)] = Body,
        [("DeadLetterStore.EditAsync against an edit", StorageTrouble.Crash)] = Body,
        [("DeadLetterStore.EditAsync against another death", StorageTrouble.Crash)] = Body,
        [("DeadLetterStore.MoveAsync against another death", StorageTrouble.Crash)] = Body,
        [("DeadLetterStore.DiscardOlderAsync against another death", StorageTrouble.Crash)] = Body,
        [("CommandHistory.ForgetAsync against another death", StorageTrouble.Conflict)] = History,
        [("CommandHistory.ForgetAsync against another death", StorageTrouble.StaleRead)] = History,
        [("CommandHistory.ForgetAsync against another death", StorageTrouble.Crash)] = Body,
        [("AccountStore.ConnectAsync against another fact", StorageTrouble.Crash)] = Entry,
        [("AccountStore.SetTokenAsync against a postponed refresh", StorageTrouble.Crash)] = Entry,
        [("AccountStore.SetDueAsync against another fact", StorageTrouble.Crash)] = Entry,
        [("DirectWriteStore.BeginAsync against another write", StorageTrouble.Crash)] = Mark,
        [("DirectWriteStore.EndAsync against another write", StorageTrouble.Crash)] = Mark,
        [("RowLease`1.SaveAsync against another holder", StorageTrouble.Crash)] = Lease,
        [("RowLease`1.TrySaveAsync against another holder", StorageTrouble.Crash)] = Lease,
        [("RowLease`1.DisposeAsync against another holder", StorageTrouble.Crash)] = Lease,
    };
}
