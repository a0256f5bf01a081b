namespace KommoFunctions.Emulators.KeyVault;

/// <summary>Turns what is stored into what the vault says, with ids under the vault's address.</summary>
internal sealed class SecretBundles(Uri vault)
{
    /// <summary>The longest time that a real vault keeps what was deleted, and its default.</summary>
    private const int RecoverableDays = 90;
    private const string RecoveryLevel = "Recoverable+Purgeable";

    public SecretBundle Full(string name, StoredVersion version) =>
        Properties(name, version) with { Value = version.Value };

    public SecretBundle Properties(string name, StoredVersion version) => new()
    {
        Id = new Uri(vault, $"secrets/{name}/{version.Version}").AbsoluteUri,
        ContentType = version.ContentType,
        Tags = version.Tags,
        Attributes = new BundleAttributes(
            version.Enabled, version.NotBefore, version.Expires, version.Created, version.Updated, RecoveryLevel, RecoverableDays),
    };

    public SecretBundle Item(StoredSecret secret) =>
        Properties(secret.Name, secret.Latest) with { Id = new Uri(vault, $"secrets/{secret.Name}").AbsoluteUri };

    public SecretBundle Deleted(StoredSecret secret) => AsDeleted(Properties(secret.Name, secret.Latest), secret);

    public SecretBundle DeletedItem(StoredSecret secret) => AsDeleted(Item(secret), secret);

    private SecretBundle AsDeleted(SecretBundle bundle, StoredSecret secret) => bundle with
    {
        RecoveryId = new Uri(vault, $"deletedsecrets/{secret.Name}").AbsoluteUri,
        DeletedDate = secret.Deleted,
        ScheduledPurgeDate = secret.Deleted + (RecoverableDays * 24L * 60 * 60),
    };
}
