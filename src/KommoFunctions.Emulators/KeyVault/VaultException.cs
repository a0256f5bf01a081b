namespace KommoFunctions.Emulators.KeyVault;

/// <summary>A refusal, with the status, code and words of the real vault (Key Vault: REST API error codes).</summary>
internal sealed class VaultException(int statusCode, string code, string message, string? innerCode = null) : Exception(message)
{
    public int StatusCode => statusCode;

    public string Code => code;

    public string? InnerCode => innerCode;

    public static VaultException BadParameter(string message) => new(400, "BadParameter", message);

    public static VaultException NotFound(string name) => new(
        404,
        "SecretNotFound",
        $"A secret with (name/id) {name} was not found in this key vault. If you recently deleted this secret you may be "
        + "able to recover it using the correct recovery command.");

    public static VaultException DeletedNotFound(string name) =>
        new(404, "SecretNotFound", $"Deleted Secret not found: {name}");

    public static VaultException Disabled() =>
        new(403, "Forbidden", "Operation get is not allowed on a disabled secret.", "SecretDisabled");

    public static VaultException NameInDeletedState(string name) => new(
        409,
        "Conflict",
        $"Secret {name} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the "
        + "secret can only be recovered or purged.",
        "ObjectIsDeletedButRecoverable");

    public static VaultException Changing(string name, bool isDeleted) => new(
        409,
        "Conflict",
        $"Secret {name} is currently being {(isDeleted ? "deleted" : "recovered")} and cannot be re-created; retry later.",
        isDeleted ? "ObjectIsBeingDeleted" : "ObjectIsBeingRecovered");

    public static VaultException Unavailable(int statusCode) => statusCode == 429
        ? new(statusCode, "Throttled", "Request was not processed because too many requests were received.")
        : new(statusCode, "ServiceUnavailable", "The service is unavailable (as this emulator was told to be).");
}
