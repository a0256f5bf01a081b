using System.Text.Json.Serialization;

namespace KommoFunctions.Emulators.KeyVault;

/// <summary>A secret with all its versions, as it is kept; the latest version is the last.</summary>
internal sealed record StoredSecret
{
    public required string Name { get; init; }

    public required IReadOnlyList<StoredVersion> Versions { get; init; }

    /// <summary>When it was deleted, in Unix seconds; <see langword="null"/> while it lives.</summary>
    public long? Deleted { get; init; }

    [JsonIgnore]
    public StoredVersion Latest => Versions[^1];

    public StoredVersion? Find(string? version) => version is null
        ? Latest
        : Versions.FirstOrDefault(candidate => candidate.Version == version);

    public StoredSecret With(StoredVersion changed) =>
        this with { Versions = [.. Versions.Select(version => version.Version == changed.Version ? changed : version)] };
}

/// <summary>One version of a secret; times in Unix seconds.</summary>
internal sealed record StoredVersion
{
    public required string Version { get; init; }

    public required string Value { get; init; }

    public string? ContentType { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public required bool Enabled { get; init; }

    public long? NotBefore { get; init; }

    public long? Expires { get; init; }

    public required long Created { get; init; }

    public required long Updated { get; init; }
}
