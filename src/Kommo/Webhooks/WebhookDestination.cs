namespace Kommo;

/// <summary>The body that subscribes and unsubscribes a destination.</summary>
internal sealed record WebhookDestination(string Destination, IReadOnlyCollection<string>? Settings = null);
