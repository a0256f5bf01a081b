using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using KommoFunctions.Failures;
using KommoFunctions.Infra.Tests.Framework;

namespace KommoFunctions.Infra.Tests;

public sealed partial class AlertTests
{
    private static readonly Deployment Default = Deployment.Of("default");

    public static TheoryData<string> Rules => [.. Default.All("Microsoft.Insights/scheduledQueryRules").Select(Name)];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task An_alert_asks_metrics_that_the_app_emits(string rule)
    {
        await using var app = new AppUnderTest(SampleSettings.All);
        var emitted = app.Instruments().Keys.ToHashSet();

        var asked = Metric().Matches(Query(rule)).Select(match => match.Groups["name"].Value).ToArray();

        Assert.NotEmpty(asked);
        Assert.All(asked, metric => Assert.Contains(metric, emitted));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task An_alert_asks_tags_that_the_metrics_carry(string rule)
    {
        await using var app = new AppUnderTest(SampleSettings.All);
        var tags = app.Tags();
        var query = Query(rule);

        var carried = Metric().Matches(query).Select(match => match.Groups["name"].Value).Where(tags.ContainsKey).SelectMany(metric => tags[metric]);
        var asked = Tag().Matches(query).Select(match => match.Groups["name"].Value);

        Assert.Empty(asked.Except(carried));
    }

    [Fact]
    public void There_is_an_alert_for_everything_that_should_wake_somebody() => Assert.Equal(
        ["account-over-budget", "block", "dead-letters", "hook-failures", "poison", "putting-back", "queue-age", "queue-stuck", "token-life"],
        Default.All("Microsoft.Insights/scheduledQueryRules").Select(Name).Order());

    [Fact]
    public void The_alert_on_hooks_comes_before_Kommo_switches_the_subscription_off()
    {
        var properties = Rule("hook-failures").GetProperty("properties");

        Assert.Equal("PT2H", properties.Text("windowSize"));
        Assert.Equal("PT5M", properties.Text("evaluationFrequency"));
        Assert.InRange(Condition("hook-failures").At("threshold").GetInt32(), 1, 99);
        Assert.Contains(">= 300", Query("hook-failures"), StringComparison.Ordinal);
    }

    [Fact]
    public void Poison_is_told_from_other_dead_letters_by_the_reason_that_the_app_gives()
    {
        Assert.Contains($"== \"{DeadLetterReasons.Poison}\"", Query("poison"), StringComparison.Ordinal);
        Assert.Contains($"!= \"{DeadLetterReasons.Poison}\"", Query("dead-letters"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_asks_the_component_and_measures_the_column_that_its_query_makes(string rule)
    {
        var scope = Assert.Single(Rule(rule).At("properties.scopes").EnumerateArray()).GetString();

        Assert.EndsWith($"/Microsoft.Insights/components/{Component()}", scope);
        Assert.Equal("Value", Condition(rule).Text("metricMeasureColumn"));
        Assert.Matches(@"(summarize|project) Value = [^|]+$", Query(rule));
    }

    [Fact]
    public async Task One_block_is_enough()
    {
        await using var app = new AppUnderTest(SampleSettings.All);

        Assert.IsType<Counter<long>>(app.Instruments()["kommo.blocks"]);
        Assert.Contains("\"kommo.blocks\"", Query("block"), StringComparison.Ordinal);
        Assert.Equal(0, Condition("block").At("threshold").GetInt32());
    }

    [Fact]
    public async Task One_event_beyond_an_accounts_budget_is_enough()
    {
        await using var app = new AppUnderTest(SampleSettings.All);

        Assert.Equal("{event}", app.Instruments()["kommo.account.over_budget"].Unit);
        Assert.Contains("\"kommo.account.over_budget\"", Query("account-over-budget"), StringComparison.Ordinal);
        Assert.Equal(0, Condition("account-over-budget").At("threshold").GetInt32());
    }

    [Fact]
    public async Task The_age_at_which_an_alert_is_raised_is_in_the_metrics_unit_and_outlasts_one_crash()
    {
        await using var app = new AppUnderTest(SampleSettings.All);
        var leaseAfterACrash = TimeSpan.FromMinutes(10);

        Assert.Equal("s", app.Instruments()["kommo.messages.age"].Unit);
        Assert.True(Condition("queue-age").At("threshold").GetInt32() > leaseAfterACrash.TotalSeconds);
        Assert.Contains("max(valueMax)", Query("queue-age"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_standstill_is_looked_for_in_each_queue_by_itself()
    {
        Assert.Contains("by Queue = tostring(customDimensions[\"queue\"])", Query("queue-stuck"), StringComparison.Ordinal);
        Assert.Contains("countif(In > 0 and Begun == 0)", Query("queue-stuck"), StringComparison.Ordinal);
    }

    [Fact]
    public void With_an_address_every_alert_is_mailed()
    {
        var deployment = Deployment.Of("private-network");
        var group = deployment.Only("Microsoft.Insights/actionGroups");

        Assert.Equal("operator@example.com", Assert.Single(group.At("properties.emailReceivers").EnumerateArray()).Text("emailAddress"));
        Assert.All(
            deployment.All("Microsoft.Insights/scheduledQueryRules").Select(rule => rule.At("properties.actions.actionGroups")),
            actions => Assert.Contains(group.Text("name"), Assert.Single(actions.EnumerateArray()).ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_budget_warns_before_it_is_spent()
    {
        var budget = Deployment.Of("private-network").Only("Microsoft.Consumption/budgets");

        Assert.Equal(50, budget.At("properties.amount").GetInt32());
        Assert.Equal(80, budget.At("properties.notifications.spent80.threshold").GetInt32());
        Assert.Equal("Forecasted", budget.Text("properties.notifications.forecast100.thresholdType"));
        Assert.Empty(Default.All("Microsoft.Consumption/budgets"));
    }

    private static string Component() => Default.Only("Microsoft.Insights/components").Text("name");

    private static string Name(JsonElement rule)
    {
        var component = Component();
        var suffix = component[(component.LastIndexOf('-') + 1)..];
        return rule.Text("name").Split($"{suffix}-")[1];
    }

    private static JsonElement Rule(string name) =>
        Default.All("Microsoft.Insights/scheduledQueryRules").Single(rule => Name(rule) == name);

    private static JsonElement Condition(string rule) => Assert.Single(Rule(rule).At("properties.criteria.allOf").EnumerateArray());

    private static string Query(string rule) => Condition(rule).Text("query");

    [GeneratedRegex("\"(?<name>(kommo|table_rate_limiting)\\.[a-z_.]+)\"(?!\\])")]
    private static partial Regex Metric();

    [GeneratedRegex("customDimensions\\[\"(?<name>[^\"]+)\"\\]")]
    private static partial Regex Tag();
}
