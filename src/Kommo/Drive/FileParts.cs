using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>What a file is (Kommo: Files, <c>metadata</c>).</summary>
public sealed record FileMetadata
{
    /// <summary>The extension, such as <c>png</c>.</summary>
    public string? Extension { get; init; }

    /// <summary>The media type, such as <c>image/png</c>.</summary>
    public string? MimeType { get; init; }

    /// <summary>Everything else that Kommo sent.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }
}

/// <summary>A smaller picture of a file (Kommo: Files, <c>previews</c>).</summary>
public sealed record FilePreview
{
    /// <summary>Where it can be fetched.</summary>
    public string? DownloadLink { get; init; }

    /// <summary>The width in pixels.</summary>
    public int? Width { get; init; }

    /// <summary>The height in pixels.</summary>
    public int? Height { get; init; }
}

/// <summary>Who did something to a file (Kommo: Files, <c>created_by</c> and the like).</summary>
public sealed record FileActor
{
    /// <summary>The user's id; 0 for a robot, -1 for a customer.</summary>
    public long? Id { get; init; }

    /// <summary>The kind, such as <c>internal</c> for a user.</summary>
    public string? Type { get; init; }
}

/// <summary>Where a file is (Kommo: Files, <c>_links</c>).</summary>
public sealed record FileLinks
{
    /// <summary>Where the version that is shown can be fetched.</summary>
    public FileLink? Download { get; init; }

    /// <summary>Where this version can be fetched, whichever is shown.</summary>
    public FileLink? DownloadVersion { get; init; }

    /// <summary>The file in the API.</summary>
    public FileLink? Self { get; init; }
}

/// <summary>An address (Kommo: Files, <c>_links</c>).</summary>
public sealed record FileLink
{
    /// <summary>The address.</summary>
    public string? Href { get; init; }
}
