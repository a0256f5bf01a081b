using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace KommoFunctions.Intake;

/// <summary>Kommo's hexadecimal signatures. Compared in constant time; capital digits are the same digits.</summary>
internal static class HexSignature
{
    /// <summary>HMAC-SHA1 of the raw body under the channel's secret (Kommo: Chats API, webhooks).</summary>
    public static bool IsOfBody(IReadOnlyList<byte[]> secrets, ReadOnlySpan<byte> body, string? signature)
    {
        Span<byte> given = stackalloc byte[HMACSHA1.HashSizeInBytes];
        if (!TryRead(signature, given))
        {
            return false;
        }

        Span<byte> right = stackalloc byte[HMACSHA1.HashSizeInBytes];
        var isRight = false;
        foreach (var secret in secrets)
        {
#pragma warning disable CA5350 // Kommo's choice; HMAC does not need SHA-1 to be free of collisions.
            HMACSHA1.HashData(secret, body, right);
#pragma warning restore CA5350
            isRight |= CryptographicOperations.FixedTimeEquals(given, right);
        }

        return isRight;
    }

    /// <summary>HMAC-SHA256 of <c>client_id|account_id</c> under the integration's secret (Kommo: OAuth 2.0, uninstall).</summary>
    public static bool IsOfAccount(IReadOnlyList<byte[]> secrets, string clientId, long accountId, string? signature)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!TryRead(signature, given))
        {
            return false;
        }

        var message = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{clientId}|{accountId}"));
        Span<byte> right = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var isRight = false;
        foreach (var secret in secrets)
        {
            HMACSHA256.HashData(secret, message, right);
            isRight |= CryptographicOperations.FixedTimeEquals(given, right);
        }

        return isRight;
    }

    /// <summary>Whether a text could be a signature of a body.</summary>
    public static bool HasFormOfBody(string? signature) => TryRead(signature, stackalloc byte[HMACSHA1.HashSizeInBytes]);

    /// <summary>Whether a text could be a signature of an account.</summary>
    public static bool HasFormOfAccount(string? signature) => TryRead(signature, stackalloc byte[HMACSHA256.HashSizeInBytes]);

    private static bool TryRead(string? signature, Span<byte> mac) =>
        signature?.Length == mac.Length * 2 && Convert.FromHexString(signature, mac, out _, out _) == OperationStatus.Done;
}
