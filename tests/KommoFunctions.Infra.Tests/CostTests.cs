using KommoFunctions.Cost;
using KommoFunctions.Infra.Tests.Framework;

namespace KommoFunctions.Infra.Tests;

public sealed class CostTests
{
    private static readonly PriceList Prices = PriceList.Load();

    [Fact]
    public void The_page_shows_what_the_command_computes()
    {
        var page = RepositoryFile.Text("docs/cost.md");

        Assert.Contains(CostReport.Write(new Assumptions(), Prices, [1e4, 1e6, 1e8]), page, StringComparison.Ordinal);
        Assert.Contains(CostReport.Prices(Prices), page, StringComparison.Ordinal);
    }

    [Fact]
    public void An_always_ready_instance_that_waits_costs_its_memory_for_all_seconds_of_the_month()
    {
        var waiting = Line(0, new Assumptions(), "Always-ready instance, waiting");

        Assert.Equal(730 * 3600 * 2 * 0.000004, waiting, 6);
    }

    [Fact]
    public void Rare_messages_are_each_billed_the_least_period_and_the_free_grant_is_taken_off()
    {
        // 200,000 messages a month for each of three functions are rare enough that hardly two share a second.
        var time = Line(200_000, new Assumptions { TimerRuns = 0 }, "Queue functions and timers: time");
        var alone = ((3 * 200_000 * 2) - 100_000) * 0.000026;

        Assert.InRange(time, alone * 0.9, alone);
    }

    [Fact]
    public void A_function_that_is_always_busy_is_billed_for_no_more_than_its_instances()
    {
        var time = Line(1e8, new Assumptions { TimerRuns = 0 }, "Queue functions and timers: time");

        Assert.Equal(((3 * 730 * 3600 * 2) - 100_000) * 0.000026, time, 0);
    }

    [Fact]
    public void Hooks_in_fewer_hours_cost_less()
    {
        var month = new MonthlyCost(1e6, new Assumptions(), Prices);
        var office = new MonthlyCost(1e6, new Assumptions { ActiveHours = 220 }, Prices);

        Assert.True(office.Total < month.Total);
    }

    [Fact]
    public void The_assumptions_are_those_of_the_template_and_the_host()
    {
        var given = new Assumptions();
        var scale = Deployment.Of("default").Scale;
        var queues = RepositoryFile.Json("host.json").At("extensions.queues");

        Assert.Equal(given.InstanceGb, scale.At("instanceMemoryMB").GetInt32() / 1024.0);
        Assert.Equal(given.HttpConcurrency, scale.At("triggers.http.perInstanceConcurrency").GetInt32());
        Assert.Equal(given.QueueConcurrency, queues.At("batchSize").GetInt32() + queues.At("newBatchThreshold").GetInt32());
    }

    [Theory]
    [InlineData("PT5M", MonthlyCost.AlertsEvery5Minutes)]
    [InlineData("PT15M", MonthlyCost.AlertsEvery15Minutes)]
    public void Every_alert_rule_of_the_template_is_paid_for(string every, int paid) => Assert.Equal(
        paid,
        Deployment.Of("default").All("Microsoft.Insights/scheduledQueryRules").Count(rule => rule.Text("properties.evaluationFrequency") == every));

    [Fact]
    public void Every_price_says_where_it_is_from() => Assert.All(Prices.Prices, price => Assert.Matches("^https://", price.Source));

    private static double Line(double hooks, Assumptions given, string name) =>
        new MonthlyCost(hooks, given, Prices).Lines.Single(line => line.Name == name).Amount;
}
