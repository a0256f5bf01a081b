using KommoFunctions.Reconciliation;
using Microsoft.Azure.Functions.Worker;

namespace KommoFunctions.Timers;

/// <summary>Fetches what Kommo did not deliver and puts the subscriptions right.</summary>
public sealed class Reconcile(Reconciler reconciler)
{
    /// <summary>Goes through all accounts.</summary>
    [Function(nameof(Reconcile))]
    public Task RunAsync([TimerTrigger(Schedules.Reconcile)] TimerInfo timer, CancellationToken cancellationToken) =>
        reconciler.RunAsync(cancellationToken);
}
