using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace KommoFunctions.Core.Tests.Framework;

/// <summary>Signs as Kommo does, with whatever a test wants to be wrong.</summary>
internal static class Signed
{
    public const string ChannelSecret = "5a44c5dff55f3c15a4cce8d7c4cc27e207c7e189";

    public static string Chat(byte[] body, string secret = ChannelSecret) =>
#pragma warning disable CA5350 // Kommo's choice.
        Convert.ToHexStringLower(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), body));
#pragma warning restore CA5350

    public static string Account(string clientId, long accountId, string secret = CoreHost.ClientSecret) => Convert.ToHexStringLower(HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{clientId}|{accountId}"))));

    public static string Jwt(string payload, string secret = CoreHost.ClientSecret, string header = "{\"alg\":\"HS512\",\"typ\":\"JWT\"}")
    {
        var signed = $"{Encode(header)}.{Encode(payload)}";
        var (key, data) = (Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(signed));
        var mac = header.Contains("HS256", StringComparison.Ordinal) ? HMACSHA256.HashData(key, data) : HMACSHA512.HashData(key, data);
        return $"{signed}.{Base64Url.EncodeToString(mac)}";
    }

    public static string Claims(long accountId, DateTimeOffset now, int lifeSeconds = 1800) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"iss":"https://example.kommo.com","iat":{{now.ToUnixTimeSeconds()}},"nbf":{{now.ToUnixTimeSeconds()}},"exp":{{now.ToUnixTimeSeconds() + lifeSeconds}},"account_id":{{accountId}},"entity_type":"lead","entity_id":77}""");

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
