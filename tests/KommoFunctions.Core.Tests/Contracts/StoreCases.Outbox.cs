using KommoFunctions.Outbox;
using KommoFunctions.OwnWrites;

namespace KommoFunctions.Core.Tests.Contracts;

internal static partial class StoreCases
{
    private static IEnumerable<StoreCase> Outbox()
    {
        var lane = new LaneKey(Account, "task");
        PendingCommand[] two = [new("0-a", "{}", At), new("0-b", "{}", At)];
        DoneCommand[] done = [new("0-a", 1, WriteTrace.OfMade(1, "add")), new("0-b", 2)];
        async Task<object?> Take(OutboxStore s, string holder) => await s.TryWriteStateAsync(
            lane, await s.ReadStateAsync(lane, default) with { Holder = holder, HeldUntil = At.AddHours(1) }, default) is not null;
        return
        [
            Case<OutboxStore>(nameof(OutboxStore.AddAsync), "the same from another run", (s, _) => Done(s.AddAsync(lane, two, default)), (s, _) => Done(s.AddAsync(lane, two[1], default))),
            Case<OutboxStore>(
                nameof(OutboxStore.FinishAsync), "the same from another pass", (s, _) => Done(s.FinishAsync(lane, done, default)), (s, _) => Done(s.FinishAsync(lane, done[..1], default)), (s, _) => s.AddAsync(lane, two, default)),
            Case<OutboxStore>(
                nameof(OutboxStore.RemoveAsync), "a finished one", (s, _) => Done(s.RemoveAsync(lane, "0-a", default)), (s, _) => Done(s.FinishAsync(lane, done, default)), (s, _) => s.AddAsync(lane, two, default)),
            Case<OutboxStore>(nameof(OutboxStore.TryWriteStateAsync), "another pass at first", (s, _) => Take(s, "one"), (s, _) => Take(s, "other")),
            Case<OutboxStore>(nameof(OutboxStore.TryWriteStateAsync), "another pass", (s, _) => Take(s, "one"), (s, _) => Take(s, "other"), (s, _) => Take(s, "first")),
            Case<OutboxStore>(
                nameof(OutboxStore.ForgetAsync),
                "a new command",
                (s, p) => Done(s.ForgetAsync(p.Now.AddSeconds(1), default)),
                (s, _) => Done(s.AddAsync(lane, two[0], default)),
                (s, _) => s.FinishAsync(lane, done, default)),
        ];
    }

    private static IEnumerable<StoreCase> OwnWrites()
    {
        var write = new DirectWrite([WriteTarget.New("leads", "add")]);
        var trace = (WriteTarget.New("leads", "add"), WriteTrace.OfMade(1, "add"));
        async Task<object?> Write(DirectWriteStore s) => await Done(s.EndAsync(await s.BeginAsync(Account, write, default), [trace]));
        return
        [
            Case<DirectWriteStore>(nameof(DirectWriteStore.BeginAsync), "another write", async (s, _) => (await s.BeginAsync(Account, write, default)).Count, (s, _) => Write(s)),
            Case<DirectWriteStore>(nameof(DirectWriteStore.EndAsync), "another write", (s, _) => Write(s), (s, _) => Write(s)),
            Case<DirectWriteStore>(nameof(DirectWriteStore.ForgetAsync), "another write", (s, p) => Done(s.ForgetAsync(p.Now.AddHours(-1), default)), (s, _) => Write(s), (s, _) => Write(s)),
        ];
    }
}
