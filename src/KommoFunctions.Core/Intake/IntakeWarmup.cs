using Azure;
using Azure.Identity;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Intake;

/// <summary>Reads the hook keys beside the start, so that the first hook of an instance need not wait for the vault.</summary>
internal sealed partial class IntakeWarmup(HookKeyRing keys, ILogger<IntakeWarmup> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await keys.GetAsync(stoppingToken);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or AuthenticationFailedException or OperationCanceledException)
        {
            Log.NotRead(logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The hook keys could not be read yet; the first hook will try again")]
        public static partial void NotRead(ILogger logger, Exception exception);
    }
}
