namespace Kommo.Webhooks;

/// <summary>A custom field in a hook: the old shape, not that of API v4 (Kommo: Webhooks).</summary>
/// <param name="Id">The field's id.</param>
/// <param name="Code">The field's code, such as <c>PHONE</c>.</param>
/// <param name="Name">The field's name.</param>
/// <param name="Values">Its values; can be empty.</param>
public sealed record WebhookCustomField(long? Id, string? Code, string? Name, IReadOnlyList<WebhookCustomFieldValue> Values)
{
    /// <summary>The first value's text; null when there is none.</summary>
    public string? Text => Values is [{ } first, ..] ? first.Value : null;
}
