using Cronos;
using KommoFunctions.Maintenance;
using KommoFunctions.Reconciliation;
using KommoFunctions.Tokens;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Local.App;

/// <summary>The timer triggers of the Functions app.</summary>
internal sealed partial class TimerTriggers(
    TokenRefresher refresher, Reconciler reconciler, Maintainer maintainer, TimeProvider time, ILogger<TimerTriggers> logger) : BackgroundService
{
    /// <summary>The functions that are stood in for.</summary>
    public IReadOnlyList<TimerTrigger> Triggers { get; } =
    [
        new("RefreshTokens", Schedules.RefreshTokens, refresher.RefreshDueAsync),
        new("Reconcile", Schedules.Reconcile, reconciler.RunAsync),
        new("Maintain", Schedules.Maintain, maintainer.RunAsync),
    ];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Triggers.Select(trigger => RunAsync(trigger, stoppingToken)));

    private async Task RunAsync(TimerTrigger trigger, CancellationToken stoppingToken)
    {
        var cron = CronExpression.Parse(trigger.Schedule, CronFormat.IncludeSeconds);
        while (!stoppingToken.IsCancellationRequested)
        {
            var now = time.GetUtcNow();
            var next = cron.GetNextOccurrence(now, TimeZoneInfo.Utc) ?? throw new InvalidOperationException($"The schedule '{trigger.Schedule}' never comes.");
            await Task.Delay(next - now, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            try
            {
                await trigger.Work(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // As in Functions, a failed run is logged and the next one comes.
                Log.Failed(logger, trigger.Function, e);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Timer {Name} failed")]
        public static partial void Failed(ILogger logger, string name, Exception exception);
    }
}

/// <param name="Function">The function of the app that this stands in for.</param>
/// <param name="Schedule">When it runs, one of <see cref="Schedules"/>.</param>
/// <param name="Work">What is done then.</param>
internal sealed record TimerTrigger(string Function, string Schedule, Func<CancellationToken, Task> Work);
