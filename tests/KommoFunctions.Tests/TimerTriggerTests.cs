namespace KommoFunctions.Tests;

public sealed class TimerTriggerTests
{
    [Theory]
    [InlineData("RefreshTokens", Schedules.RefreshTokens)]
    [InlineData("Reconcile", Schedules.Reconcile)]
    [InlineData("Maintain", Schedules.Maintain)]
    public async Task A_timer_function_runs_on_its_schedule(string function, string schedule)
    {
        var trigger = (await AppFunctions.TriggersAsync())[function];

        Assert.Equal("timerTrigger", trigger.GetProperty("type").GetString());
        Assert.Equal(schedule, trigger.GetProperty("schedule").GetString());
        Assert.False(trigger.TryGetProperty("runOnStartup", out var atOnce) && atOnce.GetBoolean(), "a timer that runs at every cold start delays hooks");
    }
}
