using KommoFunctions.Connecting;
using KommoFunctions.Locks;
using KommoFunctions.Tokens;

namespace KommoFunctions.Core.Tests.Contracts;

internal static partial class StoreCases
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static IEnumerable<StoreCase> Locks()
    {
        static async Task<object?> Take(LockStore s) => (await s.TryAcquireAsync("scope", "name", Minute, default))?.Generation is > 0;
        static async Task Free(LockStore s, ContractProcess process) => await (await s.TryAcquireAsync("scope", "name", Minute, default))!.DisposeAsync();
        async Task<object?> Save(LockStore s) => await s.TryAcquireAsync("scope", "name", Minute, default) is { } held
            && await held.SaveAsync(Minute, row => row["Text"] = "one");
        async Task<object?> TakeAndFree(LockStore s)
        {
            if (await s.TryAcquireAsync("scope", "name", Minute, default) is { } held)
            {
                await held.DisposeAsync();
                return true;
            }

            return false;
        }

        StoreCase Held(string method, Func<LockStore, Task<object?>> act) => new(
            typeof(HeldLock),
            method,
            "another holder",
            process => Free(process.Get<LockStore>(), process),
            process => act(process.Get<LockStore>()),
            process => Take(process.Get<LockStore>()));
        return
        [
            Case<LockStore>(nameof(LockStore.TryAcquireAsync), "another holder at first", (s, _) => Take(s), (s, _) => Take(s)),
            Case<LockStore>(nameof(LockStore.TryAcquireAsync), "another holder", (s, _) => Take(s), (s, _) => Take(s), Free),
            Case<LockStore>(
                nameof(LockStore.AcquireAsync), "a short holder", async (s, _) => (await s.AcquireAsync("scope", "name", Minute, Minute, default)).Generation > 0, (s, _) => TakeAndFree(s), Free),
            Held(nameof(HeldLock.SaveAsync), Save),
            Held(nameof(HeldLock.DisposeAsync), TakeAndFree),
        ];
    }

    private static IEnumerable<StoreCase> Tokens()
    {
        TokenCopy Copy(long generation) => new(Account, new TokenOrder(generation, 1), [1, 2, 3], At);
        return
        [
            Case<TokenCopies>(nameof(TokenCopies.PutAsync), "a later pair", (s, _) => Done(s.PutAsync(Copy(1), default)), (s, _) => Done(s.PutAsync(Copy(2), default))),
            Case<TokenCopies>(
                nameof(TokenCopies.DeleteAsync), "a later pair", (s, _) => Done(s.DeleteAsync(Account, new TokenOrder(1, 1), default)), (s, _) => Done(s.PutAsync(Copy(2), default)), (s, _) => s.PutAsync(Copy(1), default)),
        ];
    }

    private static IEnumerable<StoreCase> States()
    {
        ConnectState State(string id) => new(id, At.AddHours(1), []);
        return
        [
            Case<UsedStates>(nameof(UsedStates.TryUseAsync), "another use", (s, _) => Told(s.TryUseAsync(State("state"), default)), (s, _) => Told(s.TryUseAsync(State("state"), default))),
            Case<UsedStates>(
                nameof(UsedStates.ForgetAsync), "another use", (s, _) => Done(s.ForgetAsync(At.AddHours(2), default)), (s, _) => Told(s.TryUseAsync(State("other"), default)), (s, _) => s.TryUseAsync(State("state"), default)),
        ];
    }
}
