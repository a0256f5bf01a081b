namespace KommoFunctions.Core.Tests.Contracts;

/// <summary>What a method of a store does not keep, and in how far it does not matter. All else is as the contract wants it.</summary>
/// <param name="Because">Why it does not matter.</param>
internal sealed record Excuse(string Because)
{
    public static Excuse None { get; } = new("Nothing may differ.");

    /// <summary>What the app does later anyway, after which nothing differs any more.</summary>
    public Func<StoreCase, ContractProcess, Task> Later { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Columns that may differ.</summary>
    public IReadOnlyList<string> Uncounted { get; init; } = [];

    /// <summary>Lines of the snapshot that may be there or not.</summary>
    public Func<string, bool> IsExtra { get; init; } = _ => false;
}
