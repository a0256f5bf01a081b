using Microsoft.AspNetCore.Http;

namespace KommoFunctions.Emulators.KeyVault;

/// <summary>What a request's method and path ask for (Key Vault REST API: Secrets).</summary>
internal sealed record SecretRoute(KeyVaultOperation Operation, string Name = "", string? Version = null)
{
    public static SecretRoute Parse(HttpRequest request)
    {
        // The SDK asks for the latest version with a trailing slash.
        var segments = (request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (request.Method, segments) switch
        {
            ("PUT", ["secrets", var name]) => new(KeyVaultOperation.Set, name),
            ("GET", ["secrets"]) => new(KeyVaultOperation.List),
            ("GET", ["secrets", var name]) => new(KeyVaultOperation.Get, name),
            ("GET", ["secrets", var name, "versions"]) => new(KeyVaultOperation.ListVersions, name),
            ("GET", ["secrets", var name, var version]) => new(KeyVaultOperation.Get, name, version),
            ("PATCH", ["secrets", var name]) => new(KeyVaultOperation.Update, name),
            ("PATCH", ["secrets", var name, var version]) => new(KeyVaultOperation.Update, name, version),
            ("DELETE", ["secrets", var name]) => new(KeyVaultOperation.Delete, name),
            ("GET", ["deletedsecrets"]) => new(KeyVaultOperation.ListDeleted),
            ("GET", ["deletedsecrets", var name]) => new(KeyVaultOperation.GetDeleted, name),
            ("POST", ["deletedsecrets", var name, "recover"]) => new(KeyVaultOperation.Recover, name),
            ("DELETE", ["deletedsecrets", var name]) => new(KeyVaultOperation.Purge, name),
            _ => new(KeyVaultOperation.Other),
        };
    }
}
