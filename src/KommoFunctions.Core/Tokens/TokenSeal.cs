using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace KommoFunctions.Tokens;

/// <summary>
/// Encrypts a pair for the time in which the vault has no copy of it: AES-256-GCM under a key derived from the integration's secret (HKDF,
/// RFC 5869), which whoever refreshes has at hand and which storage never sees. The account and the order of the pair are authenticated with
/// it, so that a copy cannot be put in another's place.
/// </summary>
internal static class TokenSeal
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>The nonce, the tag and the encrypted pair, one after the other.</summary>
    public static byte[] Close(string clientSecret, long accountId, AccountTokens tokens)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(tokens, AccountTokensJson.Default.AccountTokens);
        var box = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(KeyOf(clientSecret), TagBytes);
        aes.Encrypt(
            box.AsSpan(0, NonceBytes), plain, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), Bound(accountId, tokens.Order));
        CryptographicOperations.ZeroMemory(plain);
        return box;
    }

    /// <summary>The pair, or null when it was encrypted under another secret, for another account or order, or is damaged.</summary>
    public static AccountTokens? TryOpen(string clientSecret, long accountId, TokenOrder order, ReadOnlySpan<byte> box)
    {
        if (box.Length < NonceBytes + TagBytes)
        {
            return null;
        }

        var plain = new byte[box.Length - NonceBytes - TagBytes];
        try
        {
            using var aes = new AesGcm(KeyOf(clientSecret), TagBytes);
            aes.Decrypt(box[..NonceBytes], box[(NonceBytes + TagBytes)..], box.Slice(NonceBytes, TagBytes), plain, Bound(accountId, order));
            return JsonSerializer.Deserialize(plain, AccountTokensJson.Default.AccountTokens);
        }
        catch (CryptographicException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static byte[] KeyOf(string clientSecret) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(clientSecret), KeyBytes, info: "KommoFunctions token copy 1"u8.ToArray());

    private static byte[] Bound(long accountId, TokenOrder order)
    {
        var bound = new byte[3 * sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bound, accountId);
        BinaryPrimitives.WriteInt64BigEndian(bound.AsSpan(8), order.Generation);
        BinaryPrimitives.WriteInt64BigEndian(bound.AsSpan(16), order.Fence);
        return bound;
    }
}
