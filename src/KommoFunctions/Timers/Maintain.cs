using KommoFunctions.Maintenance;
using Microsoft.Azure.Functions.Worker;

namespace KommoFunctions.Timers;

/// <summary>Clears away what is past its time.</summary>
public sealed class Maintain(Maintainer maintainer)
{
    /// <summary>Runs once a day.</summary>
    [Function(nameof(Maintain))]
    public Task RunAsync([TimerTrigger(Schedules.Maintain)] TimerInfo timer, CancellationToken cancellationToken) =>
        maintainer.RunAsync(cancellationToken);
}
