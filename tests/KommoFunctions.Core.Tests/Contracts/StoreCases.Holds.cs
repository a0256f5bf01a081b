using KommoFunctions.Failures;
using KommoFunctions.Holds;
using KommoFunctions.Messaging;

namespace KommoFunctions.Core.Tests.Contracts;

internal static partial class StoreCases
{
    private static AccountHold Hold(string error) => new(Account, HoldReason.Unpaid, error, At, At.AddHours(1), 0);

    private static Envelope Message(string error) => new()
    {
        Id = "event",
        AccountId = Account,
        ReceivedAt = At,
        Content = Content.FromText("content"),
        Failures = new FailureHistory(1, 0, At, error, error),
    };

    private static Task<ParkedMessage> Park(HoldStore store, string error) =>
        store.ParkAsync(Account, WorkQueue.Events, Message(error), At, CancellationToken.None);

    private static async Task<object?> Prolong(HoldStore store, string error) => await store.GetAsync(Account, CancellationToken.None) is { } hold
        && await store.TryReplaceAsync(hold with { Error = error, Looks = 1 }, CancellationToken.None);

    private static async Task<object?> End(HoldStore store) => await store.GetAsync(Account, CancellationToken.None) is { } hold
        && await store.TryRemoveAsync(hold, CancellationToken.None);

    private static async Task<object?> Unpark(HoldStore store) =>
        await store.ListParkedAsync(Account, CancellationToken.None).FirstOrDefaultAsync() is { } parked
        && await store.TryRemoveAsync(parked, CancellationToken.None);

    private static IEnumerable<StoreCase> Holds() =>
    [
        Case<HoldStore>(
            nameof(HoldStore.TryAddAsync),
            "another suspension",
            (s, _) => Told(s.TryAddAsync(Hold("one"), default)),
            (s, _) => Told(s.TryAddAsync(Hold("other"), default))),
        Case<HoldStore>(
            nameof(HoldStore.TryReplaceAsync),
            "a prolongation",
            (s, _) => Prolong(s, "one"),
            (s, _) => Prolong(s, "other"),
            (s, _) => s.TryAddAsync(Hold("first"), default)),
        Case<HoldStore>(
            nameof(HoldStore.TryReplaceAsync),
            "the end",
            (s, _) => Prolong(s, "one"),
            (s, _) => End(s),
            (s, _) => s.TryAddAsync(Hold("first"), default)),
        Case<HoldStore>(
            nameof(HoldStore.TryRemoveAsync),
            "a prolongation",
            (s, _) => End(s),
            (s, _) => Prolong(s, "other"),
            (s, _) => s.TryAddAsync(Hold("first"), default)),
        Case<HoldStore>(nameof(HoldStore.TryRemoveAsync), "parking again", (s, _) => Unpark(s), (s, _) => Done(Park(s, "again")), (s, _) => Park(s, "first")),
        Case<HoldStore>(nameof(HoldStore.ParkAsync), "parking", (s, _) => Done(Park(s, "one")), (s, _) => Done(Park(s, "other"))),
        Case<HoldStore>(nameof(HoldStore.ParkAsync), "putting back", (s, _) => Done(Park(s, "one")), (s, _) => Unpark(s), (s, _) => Park(s, "first")),
    ];
}
