namespace Kommo;

/// <summary>A change to a file: another name, or another version shown; Kommo takes one of the two at a time (Kommo: Files, editing).</summary>
public sealed record FileUpdate : WriteItem
{
    private FileUpdate()
    {
    }

    /// <summary>The new name.</summary>
    public Change<string> Name { get; private init; }

    /// <summary>The version to show.</summary>
    public Change<string> VersionUuid { get; private init; }

    /// <summary>Gives the file another name.</summary>
    public static FileUpdate Rename(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new() { Name = name };
    }

    /// <summary>Shows another version of the file.</summary>
    public static FileUpdate Show(string versionUuid)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(versionUuid);
        return new() { VersionUuid = versionUuid };
    }
}
