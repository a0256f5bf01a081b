namespace KommoFunctions.Core.Tests.Contracts;

/// <summary>
/// Every method of every store that writes, with trouble at each of its requests. Two writers side by side leave what one after the other would have left, or
/// the one is told that it was refused. A lost answer changes nothing, what the caller is told included. What a dead process began and another does again is done
/// once.
/// </summary>
public sealed class StoreContractTests
{
    public static TheoryData<string, StorageTrouble> Cases => new(
        from test in StoreCases.All from trouble in Enum.GetValues<StorageTrouble>() select (test.Name, trouble));

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Cases))]
    public async Task A_store_keeps_its_word(string name, StorageTrouble trouble)
    {
        var world = await ContractWorld.CreateAsync();

        var wrong = await world.PlayAsync(StoreCases.All.Single(test => test.Name == name), trouble);

        Assert.Equal(StoreCases.Excused.Contains((name, trouble)), wrong.Count > 0);
    }
}
