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
        async Task<object?> Remove(OutboxStore s) =>
            (await s.PeekAsync(lane, 1, default)) is [{ Id: "0-a" } command] && await s.TryRemoveAsync(lane, command, default);
        return
        [
            Case<OutboxStore>(
                nameof(OutboxStore.AddAsync),
                "the same from another run",
                (s, _) => Done(s.AddAsync(lane, two, default)),
                (s, _) => Done(s.AddAsync(lane, two[1], default))),
            Case<OutboxStore>(
                nameof(OutboxStore.FinishAsync),
                "the same from another pass",
                (s, _) => Done(s.FinishAsync(lane, done, default)),
                (s, _) => Done(s.FinishAsync(lane, done[..1], default)),
                (s, _) => s.AddAsync(lane, two, default)),
            Case<OutboxStore>(
                nameof(OutboxStore.RemoveDoneAsync),
                "a finished one",
                (s, _) => Done(s.RemoveDoneAsync(lane, "0-a", default)),
                (s, _) => Done(s.FinishAsync(lane, done, default)),
                (s, _) => s.AddAsync(lane, two, default)),
            Case<OutboxStore>(
                nameof(OutboxStore.TryRemoveAsync),
                "the same from another pass",
                (s, _) => Remove(s),
                (s, _) => Remove(s),
                (s, _) => s.AddAsync(lane, two, default)),
            Case<OutboxStore>(
                nameof(OutboxStore.RestoreAsync),
                "the same from another operator",
                (s, _) => Done(s.RestoreAsync(lane, two[0], default)),
                (s, _) => Done(s.RestoreAsync(lane, two[0], default))),
        ];
    }

    private static IEnumerable<StoreCase> OwnWrites()
    {
        var write = new DirectWrite([WriteTarget.New("leads", "add")]);
        var trace = (WriteTarget.New("leads", "add"), WriteTrace.OfMade(1, "add"));
        async Task<object?> Write(DirectWriteStore s) => await Done(s.EndAsync(await s.BeginAsync(Account, write, default), [trace]));
        return
        [
            Case<DirectWriteStore>(
                nameof(DirectWriteStore.BeginAsync),
                "another write",
                async (s, _) => (await s.BeginAsync(Account, write, default)).Count,
                (s, _) => Write(s)),
            Case<DirectWriteStore>(nameof(DirectWriteStore.EndAsync), "another write", (s, _) => Write(s), (s, _) => Write(s)),
        ];
    }
}
