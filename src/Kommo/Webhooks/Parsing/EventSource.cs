namespace Kommo.Webhooks;

/// <summary>What an event is made from.</summary>
internal readonly record struct EventSource(string Entity, string Action, WebhookFields Fields);
