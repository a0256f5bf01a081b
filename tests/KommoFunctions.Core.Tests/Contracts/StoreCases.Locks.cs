using KommoFunctions.Connecting;
using KommoFunctions.Core.Tests.Storage;
using KommoFunctions.Failures;
using KommoFunctions.Storage;
using KommoFunctions.Tokens;

namespace KommoFunctions.Core.Tests.Contracts;

internal static partial class StoreCases
{
    private static IEnumerable<StoreCase> Locks()
    {
        static async Task<object?> Take(RowLeases s) => (await s.TryAcquireAsync<Note>("scope", "name", Minute, default))?.Generation is > 0;
        static async Task Free(RowLeases s, ContractProcess process) => await (await s.TryAcquireAsync<Note>("scope", "name", Minute, default))!.DisposeAsync();
        static async Task<object?> Save(RowLeases s) =>
            await s.TryAcquireAsync<Note>("scope", "name", Minute, default) is { } held && await held.TrySaveAsync(new Note("one"), default);
        static async Task<object?> TakeAndFree(RowLeases s)
        {
            if (await s.TryAcquireAsync<Note>("scope", "name", Minute, default) is { } held)
            {
                await held.DisposeAsync();
                return true;
            }

            return false;
        }

        async Task<object?> TakeWaiting(RowLeases s)
        {
            try
            {
                return (await s.AcquireAsync<Note>("scope", "name", Minute, Minute, default)).Generation > 0;
            }
            catch (NotNowException)
            {
                return false;
            }
        }

        StoreCase Held(string method, Func<RowLeases, Task<object?>> act) => new(
            typeof(RowLease<>),
            method,
            "another holder",
            process => Free(process.Get<RowLeases>(), process),
            process => act(process.Get<RowLeases>()),
            process => Take(process.Get<RowLeases>()));
        return
        [
            Case<RowLeases>("TryAcquireAsync", "another holder at first", (s, _) => Take(s), (s, _) => Take(s)),
            Case<RowLeases>("TryAcquireAsync", "another holder", (s, _) => Take(s), (s, _) => Take(s), Free),
            Case<RowLeases>(
                "AcquireAsync",
                "a short holder",
                (s, _) => TakeWaiting(s),
                (s, _) => TakeAndFree(s),
                Free),
            Held("SaveAsync", Save),
            Held("TrySaveAsync", Save),
            Held("DisposeAsync", TakeAndFree),
        ];
    }

    private static IEnumerable<StoreCase> Tokens()
    {
        TokenCopy Copy(long generation) => new(Account, new TokenOrder(generation, 1), [1, 2, 3]);
        return
        [
            Case<TokenCopies>(
                nameof(TokenCopies.PutAsync),
                "a later pair",
                (s, _) => Done(s.PutAsync(Copy(1), default)),
                (s, _) => Done(s.PutAsync(Copy(2), default))),
            Case<TokenCopies>(
                nameof(TokenCopies.DeleteAsync),
                "a later pair",
                (s, _) => Done(s.DeleteAsync(Account, new TokenOrder(1, 1), default)),
                (s, _) => Done(s.PutAsync(Copy(2), default)),
                (s, _) => s.PutAsync(Copy(1), default)),
        ];
    }

    private static IEnumerable<StoreCase> States()
    {
        ConnectState State(string id) => new(id, At.AddHours(1), []);
        return
        [
            Case<UsedStates>(
                nameof(UsedStates.TryUseAsync),
                "another use",
                (s, _) => Told(s.TryUseAsync(State("state"), default)),
                (s, _) => Told(s.TryUseAsync(State("state"), default))),
        ];
    }
}
