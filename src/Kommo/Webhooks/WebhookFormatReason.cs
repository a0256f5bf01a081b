namespace Kommo.Webhooks;

/// <summary>Why a body is no Kommo hook.</summary>
public enum WebhookFormatReason
{
    /// <summary>There is no body.</summary>
    Empty,

    /// <summary>It is something other than a form: JSON, a web page, binary data.</summary>
    NotFormEncoded,

    /// <summary>It is a form without a key of the shape <c>entity[action]...</c>.</summary>
    NoEvent,

    /// <summary>A field's path has too many levels.</summary>
    TooDeep,

    /// <summary>There are too many fields.</summary>
    TooManyKeys,
}
