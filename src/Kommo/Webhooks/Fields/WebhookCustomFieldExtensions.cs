namespace Kommo.Webhooks;

/// <summary>Finding one custom field among those of an event.</summary>
public static class WebhookCustomFieldExtensions
{
    /// <summary>The field of this id; null when the event tells none.</summary>
    public static WebhookCustomField? Find(this IReadOnlyList<WebhookCustomField>? fields, long id) =>
        fields?.FirstOrDefault(field => field.Id == id);

    /// <summary>The field of this code, such as <c>PHONE</c>; null when the event tells none.</summary>
    public static WebhookCustomField? Find(this IReadOnlyList<WebhookCustomField>? fields, string code) =>
        fields?.FirstOrDefault(field => string.Equals(field.Code, code, StringComparison.OrdinalIgnoreCase));
}
