using System.Text.Json.Serialization;

namespace KommoFunctions.Messaging;

/// <summary>How <see cref="Content.Value"/> holds the bytes.</summary>
internal enum ContentEncoding
{
    /// <summary>UTF-8 text as it is.</summary>
    Text,

    /// <summary>Base64 of bytes that are not UTF-8.</summary>
    Base64,

    /// <summary>Base64 of Brotli-compressed bytes.</summary>
    Brotli,

    /// <summary>The name of a blob that holds the bytes (claim check).</summary>
    Blob,
}

/// <summary>The content of a message. <see cref="ContentCodec"/> packs and unpacks it.</summary>
internal sealed record Content(
    [property: JsonPropertyName("encoding")] ContentEncoding Encoding,
    [property: JsonPropertyName("value")] string Value)
{
    public static Content FromText(string text) => new(ContentEncoding.Text, text);
}
