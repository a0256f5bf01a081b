using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A version of a file (Kommo: Files, versions).</summary>
public sealed class FileVersion : KommoObject
{
    /// <summary>The version's id.</summary>
    public string? Uuid { get; set; }

    /// <summary>The file that it is of.</summary>
    public string? FileUuid { get; set; }

    /// <summary>The version's name, without its extension.</summary>
    public string? Name { get; set; }

    /// <summary>The size in bytes.</summary>
    public long? Size { get; set; }

    /// <summary>The kind: <c>image</c>, <c>video</c>, <c>audio</c>, <c>document</c>, <c>file</c>.</summary>
    public string? Type { get; set; }

    /// <summary>Whether it is the one that is shown.</summary>
    public bool? IsMain { get; set; }

    /// <summary>The extension and the media type.</summary>
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<FileMetadata>))]
    public FileMetadata? Metadata { get; set; }

    /// <summary>Smaller pictures of it.</summary>
    public IReadOnlyList<FilePreview>? Previews { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>Who made it.</summary>
    public FileActor? CreatedBy { get; set; }

    /// <summary>Where it is.</summary>
    [JsonPropertyName("_links")]
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<FileLinks>))]
    public FileLinks? Links { get; set; }
}
