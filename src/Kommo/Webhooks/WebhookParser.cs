namespace Kommo.Webhooks;

/// <summary>
/// Reads the body of a Kommo hook: a form in PHP's bracket notation, UTF-8, brackets literal or percent-encoded
/// (Kommo: Webhooks). Its work grows linearly with the body.
/// </summary>
public static class WebhookParser
{
    /// <summary>The most levels that a field's path may have, counted behind <c>entity[action][index]</c>.</summary>
    public const int MaxDepth = 16;

    /// <summary>The most fields that a body may have, those of the account aside: 250 entities of 400 fields each.</summary>
    public const int MaxKeys = 100_000;

    /// <summary>Reads a hook. The body is copied: it may be reused as soon as the method returns.</summary>
    /// <exception cref="WebhookFormatException">The body is no hook; the reason tells why.</exception>
    public static Webhook Parse(ReadOnlyMemory<byte> body)
    {
        var form = body.Span.TrimEnd("\r\n"u8);
        if (form.IsEmpty)
        {
            throw new WebhookFormatException(WebhookFormatReason.Empty);
        }

        if (!FormText.IsForm(form))
        {
            throw new WebhookFormatException(WebhookFormatReason.NotFormEncoded);
        }

        return new WebhookReader(form).Read();
    }
}
