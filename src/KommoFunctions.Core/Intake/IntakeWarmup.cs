using KommoFunctions.Failures;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Intake;

/// <summary>
/// Goes the way of a hook once beside the start, so that the first hook of an instance finds the keys read, the connections open and the code
/// compiled: Kommo gives it two seconds, cold start included.
/// </summary>
internal sealed partial class IntakeWarmup(WebhookIntake intake, ILogger<IntakeWarmup> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await intake.WarmUpAsync(stoppingToken);
        }
        catch (Exception e) when (FailureClassifier.IsStorageAway(e) || e is OperationCanceledException)
        {
            Log.NotWarm(logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Storage or the vault could not be reached yet; the first hook will try again")]
        public static partial void NotWarm(ILogger logger, Exception exception);
    }
}
