namespace Kommo.Webhooks;

/// <summary>
/// Reads the body of a Kommo hook: a form in PHP's bracket notation, UTF-8, brackets literal or percent-encoded
/// (Kommo: Webhooks), or a JSON object of the same structure. Its work grows linearly with the body, whatever the body is, and one of 4 MB
/// makes it allocate about 12 MB at most. Entities, actions and fields that it does not know are kept.
/// </summary>
public static class WebhookParser
{
    /// <summary>The most levels that a field's path may have, counted behind <c>entity[action][index]</c>.</summary>
    public const int MaxDepth = 16;

    /// <summary>The most fields that a body may have, those of the account aside: 250 entities of 400 fields each.</summary>
    public const int MaxKeys = 100_000;

    /// <summary>
    /// The most bytes that a body may have: four times what intake takes, so that each event of a body that intake took can be written
    /// (<see cref="WebhookWriter"/>) and read again, whichever way it was encoded.
    /// </summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>
    /// The most bytes that the paths and values of a JSON body may have, each value counted with its whole path: a short JSON text can
    /// stand for a very long list of them.
    /// </summary>
    public const int MaxJsonBytes = 4 * 1024 * 1024;

    /// <summary>Reads a hook. The body is copied: it may be reused as soon as the method returns.</summary>
    /// <param name="body">The body, as it came.</param>
    /// <param name="timeZone">
    /// The account's time zone, in which Kommo writes some times (<c>2024-01-02 03:04:05</c>). Without it those times are null.
    /// </param>
    /// <exception cref="WebhookFormatException">The body is no hook; the reason tells why.</exception>
    public static Webhook Parse(ReadOnlyMemory<byte> body, TimeZoneInfo? timeZone = null)
    {
        var text = body.Span;
        text = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
        text = text.TrimEnd("\r\n"u8);
        if (text.IsEmpty)
        {
            throw new WebhookFormatException(WebhookFormatReason.Empty);
        }

        if (text.Length > MaxBytes)
        {
            throw new WebhookFormatException(WebhookFormatReason.TooLarge);
        }

        if (JsonHookReader.IsJson(text))
        {
            return JsonHookReader.Read(text, timeZone);
        }

        return FormText.IsForm(text)
            ? new FormHookReader(text).Read(timeZone)
            : throw new WebhookFormatException(WebhookFormatReason.NotFormEncoded);
    }
}
