using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Kommo.OAuth;

/// <summary>
/// What an access token says about itself. For information only: Kommo publishes no key, so nothing here is proven.
/// </summary>
public sealed record AccessTokenClaims
{
    /// <summary>The account's id; a cross-check for <c>account[id]</c> in hooks.</summary>
    public long? AccountId { get; init; }

    /// <summary>When the token ends.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>When it was issued.</summary>
    public DateTimeOffset? Issued { get; init; }

    /// <summary>The user that it stands for.</summary>
    public string? Subject { get; init; }

    /// <summary>The integration's id.</summary>
    public string? Audience { get; init; }

    /// <summary>The brand's domain, such as <c>kommo.com</c>.</summary>
    public string? BaseDomain { get; init; }

    /// <summary>The shard's host, such as <c>api-c.kommo.com</c>; in tokens since August 2024.</summary>
    public string? ApiDomain { get; init; }

    /// <summary>What it is good for, such as <c>crm</c> and <c>files</c>.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Reads the claims without checking the signature. False for a text that is no JWT.</summary>
    public static bool TryRead(string? jwt, [NotNullWhen(true)] out AccessTokenClaims? claims)
    {
        claims = null;
        var parts = jwt?.Split('.');
        if (parts is not [_, { Length: > 0 } payload, _] || !Base64Url.IsValid(payload))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            claims = document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the second for texts that are no UTF-8
        {
            return false;
        }

        return claims is not null;
    }

    private static AccessTokenClaims Read(JsonElement root) => new()
    {
        AccountId = long.TryParse(Text(root, "account_id"), System.Globalization.CultureInfo.InvariantCulture, out var id) ? id : null,
        Expires = Time(root, "exp"),
        Issued = Time(root, "iat"),
        Subject = Text(root, "sub"),
        Audience = Text(root, "aud"),
        BaseDomain = Text(root, "base_domain"),
        ApiDomain = Text(root, "api_domain"),
        Scopes = root.TryGetProperty("scopes", out var scopes) && scopes.ValueKind == JsonValueKind.Array
            ? [.. scopes.EnumerateArray().Where(scope => scope.ValueKind == JsonValueKind.String).Select(scope => scope.GetString()!)]
            : [],
    };

    /// <summary>A time may have a fraction, which is cut off.</summary>
    private static DateTimeOffset? Time(JsonElement root, string name) =>
        UnixSeconds.TryParse(Text(root, name)?.Split('.')[0], out var time) ? time : null;

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            }
            : null;
}
