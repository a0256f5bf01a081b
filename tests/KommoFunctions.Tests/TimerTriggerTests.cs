using System.Text.Json;

namespace KommoFunctions.Tests;

public sealed class TimerTriggerTests
{
    [Fact]
    public async Task The_timers_are_the_local_hosts_on_its_schedules()
    {
        await using var local = new LocalHost();

        var functions = (await TriggersAsync()).Select(function => (function.Key, function.Value.GetProperty("schedule").GetString()!));

        Assert.Equal(local.Timers.Select(trigger => (trigger.Function, trigger.Schedule)).Order(), functions.Order());
    }

    [Fact]
    public async Task A_timer_does_not_run_at_a_start() => Assert.All(
        (await TriggersAsync()).Values,
        trigger => Assert.False(
            trigger.TryGetProperty("runOnStartup", out var atOnce) && atOnce.GetBoolean(), "a timer that runs at every cold start delays hooks"));

    private static Task<IReadOnlyDictionary<string, JsonElement>> TriggersAsync() => AppFunctions.TriggersAsync("timerTrigger");
}
