namespace Kommo.Webhooks;

/// <summary>One raw field of a hook's item.</summary>
/// <param name="Path">Where it stands, such as <c>custom_fields[0][values][0][value]</c>; empty for a bare item.</param>
/// <param name="Value">Its text.</param>
public readonly record struct WebhookField(string Path, string Value);
