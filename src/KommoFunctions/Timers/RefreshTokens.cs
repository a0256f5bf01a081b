using KommoFunctions.Tokens;
using Microsoft.Azure.Functions.Worker;

namespace KommoFunctions.Timers;

/// <summary>Refreshes the tokens of all accounts before they expire.</summary>
public sealed class RefreshTokens(TokenRefresher refresher)
{
    /// <summary>Refreshes those that are due.</summary>
    [Function(nameof(RefreshTokens))]
    public Task RunAsync([TimerTrigger(Schedules.RefreshTokens)] TimerInfo timer, CancellationToken cancellationToken) =>
        refresher.RefreshDueAsync(cancellationToken);
}
