using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A file in Kommo's file storage (Kommo: Files).</summary>
public sealed class StoredFile : KommoObject
{
    /// <summary>The file's id in all its versions.</summary>
    public string? Uuid { get; set; }

    /// <summary>The id of the version that is shown.</summary>
    public string? VersionUuid { get; set; }

    /// <summary>The file's name, without its extension.</summary>
    public string? Name { get; set; }

    /// <summary>The file's name in ASCII.</summary>
    public string? SanitizedName { get; set; }

    /// <summary>The size in bytes.</summary>
    public long? Size { get; set; }

    /// <summary>The kind: <c>image</c>, <c>video</c>, <c>audio</c>, <c>document</c>, <c>file</c>.</summary>
    public string? Type { get; set; }

    /// <summary>The extension and the media type.</summary>
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<FileMetadata>))]
    public FileMetadata? Metadata { get; set; }

    /// <summary>Smaller pictures of it.</summary>
    public IReadOnlyList<FilePreview>? Previews { get; set; }

    /// <summary>Whether it is in the bin, from which it goes after 30 days.</summary>
    public bool? IsTrashed { get; set; }

    /// <summary>Whether it has more than one version.</summary>
    public bool? HasMultipleVersions { get; set; }

    /// <summary>The source that it came from.</summary>
    public long? SourceId { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>When it was deleted.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>Who made it.</summary>
    public FileActor? CreatedBy { get; set; }

    /// <summary>Who changed it last.</summary>
    public FileActor? UpdatedBy { get; set; }

    /// <summary>Who deleted it.</summary>
    public FileActor? DeletedBy { get; set; }

    /// <summary>Where it is.</summary>
    [JsonPropertyName("_links")]
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<FileLinks>))]
    public FileLinks? Links { get; set; }

    /// <summary>Where the version that is shown can be fetched.</summary>
    [JsonIgnore]
    public string? DownloadLink => Links?.Download?.Href;
}
