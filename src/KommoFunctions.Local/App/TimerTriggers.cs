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
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RunAsync("RefreshTokens", Schedules.RefreshTokens, refresher.RefreshDueAsync, stoppingToken),
        RunAsync("Reconcile", Schedules.Reconcile, reconciler.RunAsync, stoppingToken),
        RunAsync("Maintain", Schedules.Maintain, maintainer.RunAsync, stoppingToken));

    private async Task RunAsync(string name, string schedule, Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        var cron = CronExpression.Parse(schedule, CronFormat.IncludeSeconds);
        while (!stoppingToken.IsCancellationRequested)
        {
            var now = time.GetUtcNow();
            var next = cron.GetNextOccurrence(now, TimeZoneInfo.Utc) ?? throw new InvalidOperationException($"The schedule '{schedule}' never comes.");
            await Task.Delay(next - now, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            try
            {
                await work(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // As in Functions, a failed run is logged and the next one comes.
                Log.Failed(logger, name, e);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Timer {Name} failed")]
        public static partial void Failed(ILogger logger, string name, Exception exception);
    }
}
