namespace Kommo.Simulator;

/// <summary>A hook that is not yet acknowledged nor given up.</summary>
/// <param name="Sequence">Its number in the order of the changes.</param>
/// <param name="Destination">The subscription that it belongs to.</param>
/// <param name="Body">The form-encoded body, the same on every attempt.</param>
/// <param name="RequestId">What <c>X-Amocrm-Requestid</c> carries, the same on every attempt.</param>
/// <param name="Attempt">The number of the next attempt, from 1.</param>
/// <param name="DueAt">When the next attempt is made.</param>
/// <param name="IsExtra">Whether it is the second copy that <see cref="KommoSimulatorOptions.DeliverHooksTwice"/> makes.</param>
public sealed record PendingHook(
    long Sequence, string Destination, string Body, string RequestId, int Attempt, DateTimeOffset DueAt, bool IsExtra);
