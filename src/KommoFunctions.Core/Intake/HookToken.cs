using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace KommoFunctions.Intake;

/// <summary>
/// The unguessable part of an account's hook address: HMAC-SHA256 of the account id under a root key. Kommo signs no ordinary hook
/// (Kommo: Webhooks), so the address is what tells its hooks from anybody's.
/// </summary>
internal static class HookToken
{
    private const int Length = 43;

    public static string Create(ReadOnlySpan<byte> rootKey, long accountId)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Compute(rootKey, accountId, mac);
        return Base64Url.EncodeToString(mac);
    }

    /// <summary>Whether a text could be a token under some key.</summary>
    public static bool HasForm(string token) => token.Length == Length && Base64Url.IsValid(token);

    /// <summary>Compares in constant time, so that a token cannot be found out byte by byte.</summary>
    public static bool Verify(ReadOnlySpan<byte> rootKey, long accountId, string token)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (token.Length != Length
            || Base64Url.DecodeFromChars(token, given, out _, out var written) != OperationStatus.Done
            || written != given.Length)
        {
            return false;
        }

        Span<byte> right = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Compute(rootKey, accountId, right);
        return CryptographicOperations.FixedTimeEquals(given, right);
    }

    /// <summary>Whether it is right under any of the keys.</summary>
    public static bool Verify(IReadOnlyList<byte[]> rootKeys, long accountId, string token)
    {
        var isRight = false;
        foreach (var key in rootKeys)
        {
            isRight |= Verify(key, accountId, token);
        }

        return isRight;
    }

    private static void Compute(ReadOnlySpan<byte> rootKey, long accountId, Span<byte> mac) =>
        HMACSHA256.HashData(rootKey, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"kommo-hook:{accountId}")), mac);
}
