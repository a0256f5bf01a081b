using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace KommoFunctions.Connecting;

/// <summary>
/// What travels through Kommo and back as <c>state</c>: which try to connect it is, until when, and in which browser. Signed, so that nobody can
/// make one; of fixed length, so that a guess costs nothing.
/// </summary>
/// <param name="Id">Names the try; used up by the first callback.</param>
/// <param name="Expires">Until when it is good.</param>
/// <param name="Browser">The hash of what the browser's cookie holds.</param>
internal sealed record ConnectState(string Id, DateTimeOffset Expires, byte[] Browser)
{
    private const byte Version = 1;
    private const int IdBytes = 16;
    private const int IdAt = 1 + sizeof(long);
    private const int BrowserAt = IdAt + IdBytes;
    private const int MacAt = BrowserAt + SHA256.HashSizeInBytes;
    private const int Bytes = MacAt + HMACSHA256.HashSizeInBytes;

    private static readonly byte[] KeyUse = "kommo-functions: state of connecting an account"u8.ToArray();

    /// <summary>A new one for the browser that holds <paramref name="secret"/>.</summary>
    public static ConnectState Create(string secret, DateTimeOffset expires) =>
        new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes)), expires, Hash(secret));

    /// <summary>Whether the browser that holds <paramref name="secret"/> is the one that began.</summary>
    public bool IsOf(string secret) => CryptographicOperations.FixedTimeEquals(Browser, Hash(secret));

    /// <param name="rootKey">The key to derive the signing key from.</param>
    /// <param name="clientId">The integration, which is signed with the rest: a state of another one is none.</param>
    public string Sign(byte[] rootKey, string clientId)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], Expires.ToUnixTimeSeconds());
        Base64Url.DecodeFromChars(Id, bytes[IdAt..]);
        Browser.CopyTo(bytes[BrowserAt..]);
        Mac(rootKey, clientId, bytes[..MacAt], bytes[MacAt..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Whether a text could be a state under some key.</summary>
    public static bool HasForm(string text)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        return TryDecode(text, bytes);
    }

    /// <summary>Reads one that was signed under any of the keys, be it expired.</summary>
    public static bool TryRead(string? text, IReadOnlyList<byte[]> rootKeys, string clientId, [NotNullWhen(true)] out ConnectState? state)
    {
        state = null;
        Span<byte> bytes = stackalloc byte[Bytes];
        if (!TryDecode(text, bytes))
        {
            return false;
        }

        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var isRight = false;
        foreach (var key in rootKeys)
        {
            Mac(key, clientId, bytes[..MacAt], mac);
            isRight |= CryptographicOperations.FixedTimeEquals(mac, bytes[MacAt..]);
        }

        if (isRight)
        {
            state = new ConnectState(
                Base64Url.EncodeToString(bytes[IdAt..BrowserAt]),
                DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(bytes[1..])),
                bytes[BrowserAt..MacAt].ToArray());
        }

        return isRight;
    }

    private static bool TryDecode(string? text, Span<byte> bytes) =>
        text?.Length == Base64Url.GetEncodedLength(Bytes)
        && Base64Url.DecodeFromChars(text, bytes, out _, out var written) == OperationStatus.Done
        && written == Bytes
        && bytes[0] == Version;

    private static void Mac(byte[] rootKey, string clientId, ReadOnlySpan<byte> signed, Span<byte> mac)
    {
        Span<byte> key = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, rootKey, key, Encoding.UTF8.GetBytes(clientId), KeyUse);
        HMACSHA256.HashData(key, signed, mac);
    }

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
