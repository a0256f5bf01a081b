namespace Kommo;

/// <summary>An upload that was begun; it can go on for 24 hours (Kommo: Files, upload session).</summary>
public sealed class UploadSession : KommoObject
{
    /// <summary>The session's id.</summary>
    public long SessionId { get; set; }

    /// <summary>Where the first part goes.</summary>
    public required Uri UploadUrl { get; init; }

    /// <summary>The most bytes that one part may have.</summary>
    public int MaxPartSize { get; set; }

    /// <summary>The most bytes that a file may have.</summary>
    public long? MaxFileSize { get; set; }
}

/// <summary>What Kommo answers for a part of a file: where the next goes, or, for the last one, the file (Kommo: Files, upload).</summary>
public sealed class UploadedPart
{
    internal UploadedPart(Uri? nextUrl, StoredFile? file) => (NextUrl, File) = (nextUrl, file);

    /// <summary>Where the next part goes; null after the last one.</summary>
    public Uri? NextUrl { get; }

    /// <summary>The file; null before the last part.</summary>
    public StoredFile? File { get; }
}

/// <summary>The answer to a part that is not the last.</summary>
internal sealed class UploadProgress : KommoObject
{
    public Uri? NextUrl { get; init; }
}
