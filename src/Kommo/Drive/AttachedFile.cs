namespace Kommo;

/// <summary>A file that is attached to an entity (Kommo: Files, files of an entity).</summary>
public sealed class AttachedFile : KommoObject
{
    /// <summary>The link's id, by which <see cref="AttachedFileQuery.BeforeId"/> goes on.</summary>
    public long? Id { get; set; }

    /// <summary>The file's id.</summary>
    public string? FileUuid { get; set; }
}
