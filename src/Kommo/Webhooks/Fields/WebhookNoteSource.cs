using System.Globalization;
using System.Text.Json;

namespace Kommo.Webhooks;

/// <summary>Where a note came from (Kommo: Webhooks, notes, <c>metadata.event_source</c>).</summary>
/// <param name="Id">The user, robot or integration; as Kommo sends it, a number or a text.</param>
/// <param name="AuthorName">The author's name.</param>
/// <param name="Type">What kind of source it is, as Kommo sends it.</param>
public sealed record WebhookNoteSource(string? Id, string? AuthorName, string? Type)
{
    /// <summary>The user's id; null when <see cref="Id"/> is no number.</summary>
    public long? UserId => long.TryParse(Id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) ? id : null;

    internal static WebhookNoteSource? Parse(string? metadata)
    {
        if (string.IsNullOrWhiteSpace(metadata))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(metadata);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("event_source", out var source)
                && source.ValueKind == JsonValueKind.Object
                ? new WebhookNoteSource(Text(source, "id"), Text(source, "author_name"), Text(source, "type"))
                : null;
        }
        catch (JsonException)
        {
            // Texts of other shapes are metadata, too: they stay readable as they are.
            return null;
        }
    }

    private static string? Text(JsonElement source, string name) => source.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => ToText(value),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;

    private static string? ToText(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is valid JSON but no text.
            return value.GetRawText();
        }
    }
}
