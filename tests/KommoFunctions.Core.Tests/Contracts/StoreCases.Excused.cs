namespace KommoFunctions.Core.Tests.Contracts;

internal static partial class StoreCases
{
    /// <summary>What a method does not keep, each with the reason. The contract fails when one of them is kept after all.</summary>
    public static IReadOnlyDictionary<(string Case, StorageTrouble Trouble), string> Excused { get; } = new Dictionary<(string, StorageTrouble), string>();
}
