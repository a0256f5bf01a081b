namespace Kommo.Webhooks;

/// <summary>A body that is no Kommo hook. Repeating it is pointless: set it aside, and answer Kommo 2xx.</summary>
public sealed class WebhookFormatException : FormatException
{
    /// <summary>Makes the exception.</summary>
    public WebhookFormatException(WebhookFormatReason reason)
        : base(reason switch
        {
            WebhookFormatReason.Empty => "The body is empty.",
            WebhookFormatReason.NotFormEncoded => "The body is neither a form nor a JSON object.",
            WebhookFormatReason.NoEvent => "The body holds no event.",
            WebhookFormatReason.TooDeep => $"A field's path has more than {WebhookParser.MaxDepth} levels.",
            WebhookFormatReason.TooLarge =>
                $"The body has more than {WebhookParser.MaxBytes} bytes, or as JSON more than {WebhookParser.MaxJsonBytes} of paths and values.",
            _ => $"The body has more than {WebhookParser.MaxKeys} fields.",
        }) => Reason = reason;

    /// <summary>Why it is no hook.</summary>
    public WebhookFormatReason Reason { get; }
}
