namespace Kommo.Webhooks;

/// <summary>Why a body is no Kommo hook.</summary>
public enum WebhookFormatReason
{
    /// <summary>There is no body.</summary>
    Empty,

    /// <summary>It is neither a form nor a JSON object: a web page, a plain text, binary data.</summary>
    NotFormEncoded,

    /// <summary>It has no key of the shape <c>entity[action]...</c>.</summary>
    NoEvent,

    /// <summary>A field's path has too many levels.</summary>
    TooDeep,

    /// <summary>There are too many fields.</summary>
    TooManyKeys,

    /// <summary>There are too many bytes.</summary>
    TooLarge,
}
