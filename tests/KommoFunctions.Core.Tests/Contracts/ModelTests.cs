using KommoFunctions.Model;

namespace KommoFunctions.Core.Tests.Contracts;

public sealed class ModelTests
{
    /// <summary>The first of the hundred thousand that the bench of the same name plays.</summary>
    [Fact(Timeout = 300_000)]
    public async Task No_interleaving_of_suspension_parking_release_and_replay_loses_or_doubles_a_message() =>
        Assert.Equal([], await ModelReport.PlayAsync(seed: 1, count: 2_000, workers: 2));

    /// <summary>About one interleaving in 35 finds the first, one in 150 the others.</summary>
    [Theory(Timeout = 60_000)]
    [InlineData("unpark", 500)]
    [InlineData("mark", 2_500)]
    [InlineData("stamp", 2_500)]
    public async Task A_protection_that_is_missing_is_found(string mutation, int within)
    {
        var world = await ModelWorld.CreateAsync(ModelMutation.All.Single(known => known.Name == mutation));
        for (var seed = 1; seed <= within; seed++)
        {
            if ((await ModelRun.PlayAsync(world, seed, new ModelOdds())).Fault is not null)
            {
                return;
            }
        }

        Assert.Fail($"The model does not find {mutation}.");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_seed_is_an_interleaving()
    {
        var traces = new List<string>();
        foreach (var seed in new[] { 7, 7, 8 })
        {
            traces.Add(string.Join('\n', (await ModelRun.PlayAsync(await ModelWorld.CreateAsync(), seed, new ModelOdds(), traced: true)).Trace));
        }

        Assert.Equal(traces[0], traces[1]);
        Assert.NotEqual(traces[0], traces[2]);
    }
}
