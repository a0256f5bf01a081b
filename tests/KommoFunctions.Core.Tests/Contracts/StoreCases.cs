namespace KommoFunctions.Core.Tests.Contracts;

/// <summary>The methods of the stores that write. A convention test holds the list complete.</summary>
internal static partial class StoreCases
{
    private const long Account = 30000001;

    private static readonly DateTimeOffset At = new(2026, 1, 31, 9, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static IReadOnlyList<StoreCase> All { get; } =
    [
        .. Holds(),
        .. DeadLetters(),
        .. Accounts(),
        .. Events(),
        .. Outbox(),
        .. OwnWrites(),
        .. Locks(),
        .. Blocks(),
        .. Tokens(),
        .. States(),
        .. Sweeps(),
    ];

    private static StoreCase Case<TStore>(
        string method,
        string against,
        Func<TStore, ContractProcess, Task<object?>> act,
        Func<TStore, ContractProcess, Task<object?>> other,
        Func<TStore, ContractProcess, Task>? arrange = null)
        where TStore : notnull => new(
            typeof(TStore),
            method,
            against,
            process => arrange?.Invoke(process.Get<TStore>(), process) ?? Task.CompletedTask,
            process => act(process.Get<TStore>(), process),
            process => other(process.Get<TStore>(), process));

    /// <summary>What a method tells its caller when it tells nothing.</summary>
    private static async Task<object?> Done(Task work)
    {
        await work;
        return "done";
    }

    private static async Task<object?> Told<T>(Task<T> work) => await work;
}
