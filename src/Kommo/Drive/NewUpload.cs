namespace Kommo;

/// <summary>A file, or a new version of one, to put into the storage (Kommo: Files, upload session). Null is not sent.</summary>
public sealed record NewUpload
{
    /// <summary>The file's name with its extension.</summary>
    public required string FileName { get; init; }

    /// <summary>The size in bytes. Needed where the stream cannot tell its length.</summary>
    public long? FileSize { get; init; }

    /// <summary>The media type, such as <c>image/png</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>The file of which this is a new version, which is then the one shown; null for a new file.</summary>
    public string? FileUuid { get; init; }

    /// <summary>Whether smaller pictures of it are made.</summary>
    public bool? WithPreview { get; init; }
}
