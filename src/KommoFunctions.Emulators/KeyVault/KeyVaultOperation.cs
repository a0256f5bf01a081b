namespace KommoFunctions.Emulators.KeyVault;

/// <summary>What a request asks of the vault (Key Vault REST API: Secrets).</summary>
public enum KeyVaultOperation
{
    /// <summary><c>PUT /secrets/{name}</c>: a new version.</summary>
    Set,

    /// <summary><c>GET /secrets/{name}[/{version}]</c>: a value, the latest without a version.</summary>
    Get,

    /// <summary><c>PATCH /secrets/{name}/{version}</c>: tags, content type and attributes.</summary>
    Update,

    /// <summary><c>GET /secrets</c>: the names, without values.</summary>
    List,

    /// <summary><c>GET /secrets/{name}/versions</c>.</summary>
    ListVersions,

    /// <summary><c>DELETE /secrets/{name}</c>: deleted but recoverable.</summary>
    Delete,

    /// <summary><c>GET /deletedsecrets/{name}</c>.</summary>
    GetDeleted,

    /// <summary><c>GET /deletedsecrets</c>.</summary>
    ListDeleted,

    /// <summary><c>POST /deletedsecrets/{name}/recover</c>.</summary>
    Recover,

    /// <summary><c>DELETE /deletedsecrets/{name}</c>: gone for good.</summary>
    Purge,

    /// <summary>Any other request; the emulator answers 400.</summary>
    Other,
}
