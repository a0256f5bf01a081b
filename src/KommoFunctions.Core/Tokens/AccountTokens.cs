using System.Text.Json.Serialization;

namespace KommoFunctions.Tokens;

/// <summary>An account's tokens as its secret holds them.</summary>
internal sealed record AccountTokens
{
    public required string AccessToken { get; init; }

    /// <summary>Null for a long-lived token, which is not refreshed (Kommo: Long-lived tokens).</summary>
    public string? RefreshToken { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Counts the refreshes; higher is newer.</summary>
    public required long Generation { get; init; }

    /// <summary>The generation of the lock under which they were asked for; 0 for those of a new connection.</summary>
    public long Fence { get; init; }

    [JsonIgnore]
    public TokenOrder Order => new(Generation, Fence);

    /// <summary>Says nothing of the tokens: the text may end in a log.</summary>
    public override string ToString() => $"tokens of generation {Generation}, valid until {ExpiresAt:u}";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AccountTokens))]
internal sealed partial class AccountTokensJson : JsonSerializerContext;
