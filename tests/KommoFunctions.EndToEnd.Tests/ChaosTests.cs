using KommoFunctions.Chaos;

namespace KommoFunctions.EndToEnd.Tests;

public sealed class ChaosTests
{
    /// <summary>The short form of the run in <c>bench/</c>: processes die while storage, the vault and Kommo fail, then everything is counted.</summary>
    [Fact]
    public async Task What_was_acknowledged_is_done_once_whatever_fails_meanwhile()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(12), TimeProvider.System);

        var result = await new ChaosRun(new ChaosOptions { Accounts = 2, Leads = 80, Kills = 6, Seed = 1 }, TextWriter.Null).RunAsync(timeout.Token);

        var counted = new StringWriter();
        result.Print(counted);
        Assert.True(result.IsRight, $"{counted}");
    }

    [Fact]
    public void A_seed_plans_the_same_run_each_time_and_another_seed_another_one()
    {
        Assert.Equal(Plan(1), Plan(1));
        Assert.NotEqual(Plan(1), Plan(2));

        static List<string> Plan(int seed)
        {
            var plan = new ChaosPlan(new ChaosOptions { Seed = seed });
            return
            [
                .. plan.Kills.Select(kill => $"{kill}"),
                .. plan.Bursts.Select(burst => $"{burst}"),
                .. new[] { plan.Kommo, plan.Storage, plan.Vault, plan.Suspensions, plan.KeyReplacements }
                    .SelectMany(troubles => troubles.Take(200)).Select(trouble => $"{trouble}"),
            ];
        }
    }

    [Fact]
    public void As_many_processes_die_and_leads_come_as_were_asked_for()
    {
        var options = new ChaosOptions { Leads = 777, Kills = 100, Seed = 3 };
        var plan = new ChaosPlan(options);

        Assert.Equal((100, 777), (plan.Kills.Count, plan.Bursts.Sum(burst => burst.Leads)));
        Assert.All(plan.Bursts, burst => Assert.InRange(burst.At, TimeSpan.Zero, options.Length));
    }
}
