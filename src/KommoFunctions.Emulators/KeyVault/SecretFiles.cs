using System.Text.Json;
using KommoFunctions.Emulators.Files;

namespace KommoFunctions.Emulators.KeyVault;

/// <summary>The secrets of a data folder, one JSON file each, readable by the owner only.</summary>
internal sealed class SecretFiles(string folder)
{
    private const string Prefix = "secret.";
    private const string Suffix = ".json";

    public IEnumerable<StoredSecret> Load()
    {
        foreach (var path in Directory.EnumerateFiles(folder, Prefix + "*" + Suffix))
        {
            StoredSecret? secret;
            try
            {
                secret = JsonSerializer.Deserialize(File.ReadAllBytes(path), KeyVaultJson.Default.StoredSecret);
            }
            catch (JsonException failure)
            {
                throw new InvalidDataException($"The secret file {path} is damaged; repair or delete it.", failure);
            }

            yield return secret is { Versions.Count: > 0 }
                ? secret
                : throw new InvalidDataException($"The secret file {path} holds no secret; delete it.");
        }
    }

    public void Save(StoredSecret secret) =>
        AtomicFile.WritePrivate(PathOf(secret.Name), JsonSerializer.SerializeToUtf8Bytes(secret, KeyVaultJson.Default.StoredSecret));

    public void Remove(string name) => File.Delete(PathOf(name));

    /// <summary>Names are case-insensitive (Key Vault: object identifiers); file systems are not agreed on it.</summary>
    private string PathOf(string name) => Path.Combine(folder, Prefix + name.ToLowerInvariant() + Suffix);
}
