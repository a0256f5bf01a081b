namespace Kommo;

/// <summary>The entities that a file is attached to (Kommo: Files, entities).</summary>
public sealed class FileEntities : KommoObject
{
    /// <summary>The file's id.</summary>
    public string? FileUuid { get; set; }

    /// <summary>The entities.</summary>
    public IReadOnlyList<FileEntity>? Entities { get; set; }
}

/// <summary>An entity that a file is attached to, in short (Kommo: Files, entities).</summary>
public sealed class FileEntity : KommoObject
{
    /// <summary>The entity's id.</summary>
    public long Id { get; set; }

    /// <summary>The entity's kind.</summary>
    public EntityType? EntityType { get; set; }

    /// <summary>The entity's name.</summary>
    public string? Name { get; set; }
}
