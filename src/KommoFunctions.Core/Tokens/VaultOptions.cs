using KommoFunctions.Configuration;

namespace KommoFunctions.Tokens;

/// <summary>Where the secrets are. Settings: <c>KommoFunctions:KeyVault</c>.</summary>
public sealed class VaultOptions
{
    /// <summary>The vault's address. Required.</summary>
    [Setting("the vault's address, such as https://my-vault.vault.azure.net/", Required = true)]
    public string Uri { get; set; } = string.Empty;

    /// <summary>The client id of the user-assigned managed identity that may use the vault. Default: what DefaultAzureCredential finds.</summary>
    [Setting("the client id of a managed identity, such as 00000000-0000-0000-0000-000000000000")]
    public string? ClientId { get; set; }

    /// <summary>
    /// Whether the vault is the emulator of local development: a certificate of its own making is accepted and no Azure identity is asked for.
    /// Allowed for loopback addresses only. Default false.
    /// </summary>
    [Setting("true or false")]
    public bool Emulator { get; set; }

    internal static string? Check(VaultOptions options, string path)
    {
        if (!System.Uri.TryCreate(options.Uri, UriKind.Absolute, out var uri) || uri.Scheme != System.Uri.UriSchemeHttps)
        {
            return $"{path}:{nameof(Uri)} is '{options.Uri}'. It should be the vault's address, such as https://my-vault.vault.azure.net/.";
        }

        return options.Emulator && !uri.IsLoopback
            ? $"{path}:{nameof(Emulator)} is true but {path}:{nameof(Uri)} is '{options.Uri}'. An emulator should be on this machine, such as https://localhost:10003/."
            : null;
    }
}
