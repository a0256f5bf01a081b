using KommoFunctions.Failures;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Tokens;

/// <summary>Adopts what an earlier process has left, beside the start of this one.</summary>
internal sealed partial class CopyAdoptionAtStart(CopyAdoption adoption, ILogger<CopyAdoptionAtStart> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await adoption.RunAsync(stoppingToken);
        }
        catch (Exception e) when (FailureClassifier.IsStorageAway(e) || e is OperationCanceledException)
        {
            Log.NotLooked(logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The second place of tokens could not be looked through yet; the timer will")]
        public static partial void NotLooked(ILogger logger, Exception exception);
    }
}
