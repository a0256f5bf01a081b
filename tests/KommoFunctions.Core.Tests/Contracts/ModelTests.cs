using KommoFunctions.Model;

namespace KommoFunctions.Core.Tests.Contracts;

public sealed class ModelTests
{
    /// <summary>The first of the hundred thousand that the bench of the same name plays.</summary>
    [Fact(Timeout = 300_000)]
    public async Task No_interleaving_of_suspension_parking_release_and_replay_loses_or_doubles_a_message() =>
        Assert.Equal([], await ModelReport.PlayAsync(seed: 1, count: 2_000, workers: 2));

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
