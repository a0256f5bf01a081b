using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Kommo.Simulator.OAuth;

/// <summary>
/// Makes tokens that look like Kommo's: an RS256 JWT with the documented claims (Kommo: OAuth 2.0). Its signature is random:
/// Kommo publishes no key, so no client can check it.
/// </summary>
internal static class AccessTokenWriter
{
    public static string AccessToken(KommoSimulatorOptions options, string apiDomain, long userId, string grantType, DateTimeOffset issuedAt)
    {
        long issued = issuedAt.ToUnixTimeSeconds();
        string id = RandomHex(40);
        JsonObject header = new() { ["typ"] = "JWT", ["alg"] = "RS256", ["jti"] = id };
        JsonObject claims = new()
        {
            ["aud"] = options.ClientId,
            ["jti"] = id,
            ["iat"] = issued,
            ["nbf"] = issued,
            ["exp"] = (issuedAt + options.AccessTokenLifetime).ToUnixTimeSeconds(),
            ["sub"] = userId.ToString(CultureInfo.InvariantCulture),
            ["grant_type"] = grantType,
            ["account_id"] = options.AccountId,
            ["base_domain"] = "kommo.com",
            ["version"] = 2,
            ["scopes"] = new JsonArray("crm", "files", "files_delete", "notifications", "push_notifications"),
            ["user_flags"] = 0,
            ["hash_uuid"] = Guid.NewGuid().ToString(),
            ["api_domain"] = apiDomain,
        };
        return $"{Part(header)}.{Part(claims)}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(256))}";
    }

    public static string RefreshToken() => $"def50200{RandomHex(600)}";

    public static string Code() => $"def50200{RandomHex(600)}";

    private static string Part(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private static string RandomHex(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes / 2));
}
