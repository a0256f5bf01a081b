namespace KommoFunctions.Core.Tests.Contracts;

internal static partial class StoreCases
{
    /// <summary>What a method does not keep, each with the reason. The contract fails when one of them is kept after all.</summary>
    public static IReadOnlySet<(string Case, StorageTrouble Trouble)> Excused { get; } = new HashSet<(string, StorageTrouble)>();
}
