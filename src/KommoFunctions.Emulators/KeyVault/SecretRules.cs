using System.Text;
using System.Text.RegularExpressions;

namespace KommoFunctions.Emulators.KeyVault;

/// <summary>What the vault lets in (Key Vault: About secrets; Key Vault: service limits).</summary>
internal static partial class SecretRules
{
    private const int MaxValueBytes = 25 * 1024;
    private const int MaxTags = 15;
    private const int MaxTagLength = 256;
    private const int MaxContentTypeLength = 255;

    public static void CheckName(string name)
    {
        if (!Name().IsMatch(name))
        {
            throw VaultException.BadParameter(
                $"The request URI contains an invalid name: {name}. A name is 1 to 127 characters of 0-9, a-z, A-Z and -.");
        }
    }

    public static string CheckValue(string? value) => value switch
    {
        null => throw VaultException.BadParameter("Property value has invalid value: a secret needs a value."),
        _ when Encoding.UTF8.GetByteCount(value) > MaxValueBytes =>
            throw VaultException.BadParameter($"The value of the secret is longer than the {MaxValueBytes} bytes that a vault takes."),
        _ => value,
    };

    public static void CheckProperties(SecretRequest request)
    {
        if (request.ContentType?.Length > MaxContentTypeLength)
        {
            throw VaultException.BadParameter($"The content type is longer than {MaxContentTypeLength} characters.");
        }

        if (request.Tags?.Count > MaxTags)
        {
            throw VaultException.BadParameter($"A secret takes at most {MaxTags} tags.");
        }

        if (request.Tags?.Any(tag => tag.Key.Length > MaxTagLength || tag.Value.Length > MaxTagLength) == true)
        {
            throw VaultException.BadParameter($"A tag's name or value is longer than {MaxTagLength} characters.");
        }
    }

    [GeneratedRegex("^[0-9a-zA-Z-]{1,127}\\z")]
    private static partial Regex Name();
}
