namespace KommoFunctions.Core.Tests.Contracts;

/// <summary>
/// Every method of every store that writes, with trouble at each of its requests. Two writers side by side leave what one after the other would have
/// left, or the one is told that it was refused. A lost answer changes nothing, what the caller is told included. What a dead process began and another
/// does again is done once.
/// </summary>
public sealed class StoreContractTests
{
    public static TheoryData<string, StorageTrouble> Cases => new(
        from test in StoreCases.All from trouble in Enum.GetValues<StorageTrouble>() select (test.Name, trouble));

    private static readonly Task<ContractWorld> World = ContractWorld.CreateAsync();

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Cases))]
    public async Task A_store_keeps_its_word(string name, StorageTrouble trouble)
    {
        var (world, test) = (await World, StoreCases.All.Single(test => test.Name == name));
        if (StoreCases.Excused.GetValueOrDefault((name, trouble)) is { } excuse)
        {
            Assert.True((await world.PlayAsync(test, trouble)).Count > 0, "This is kept now: take the excuse out.");
            AssertNone(await world.PlayAsync(test, trouble, excuse));
        }
        else
        {
            AssertNone(await world.PlayAsync(test, trouble));
        }

        static void AssertNone(IReadOnlyList<string> wrong) => Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
    }
}
