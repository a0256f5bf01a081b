using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>What a message says (Kommo: Chats API, <c>message</c>). Made by a method per kind.</summary>
public sealed record ChatContent
{
    /// <summary>The kind: <c>text</c>, <c>picture</c>, <c>video</c>, <c>voice</c>, <c>audio</c>, <c>file</c>, <c>sticker</c>, <c>location</c>, <c>contact</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The text.</summary>
    public string? Text { get; init; }

    /// <summary>Where the file can be fetched.</summary>
    public Uri? Media { get; init; }

    /// <summary>The file's name.</summary>
    public string? FileName { get; init; }

    /// <summary>The file's size in bytes.</summary>
    public long? FileSize { get; init; }

    /// <summary>How long a voice message, a sound or a film is; whole seconds.</summary>
    public TimeSpan? MediaDuration { get; init; }

    /// <summary>A place.</summary>
    public ChatLocation? Location { get; init; }

    /// <summary>Somebody's number.</summary>
    public ChatContact? Contact { get; init; }

    /// <summary>Everything else, such as <c>post</c> of a comment.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }

    /// <summary>A text.</summary>
    public static ChatContent OfText(string text) => new() { Type = "text", Text = text };

    /// <summary>A file of some kind: <c>picture</c>, <c>video</c>, <c>voice</c>, <c>audio</c>, <c>file</c> or <c>sticker</c>.</summary>
    public static ChatContent OfMedia(string type, Uri media, string? fileName = null, long? fileSize = null) =>
        new() { Type = type, Media = media, FileName = fileName, FileSize = fileSize };

    /// <summary>A place; coordinates in degrees.</summary>
    public static ChatContent OfLocation(double longitude, double latitude) => new() { Type = "location", Location = new(longitude, latitude) };

    /// <summary>Somebody's number.</summary>
    public static ChatContent OfContact(string name, string phone) => new() { Type = "contact", Contact = new(name, phone) };
}

/// <summary>A place in a message (Kommo: Chats API, <c>location</c>).</summary>
/// <param name="Lon">The longitude in degrees.</param>
/// <param name="Lat">The latitude in degrees.</param>
public sealed record ChatLocation(double Lon, double Lat);

/// <summary>Somebody's number in a message (Kommo: Chats API, <c>contact</c>).</summary>
/// <param name="Name">The name.</param>
/// <param name="Phone">The number.</param>
public sealed record ChatContact(string Name, string Phone);
