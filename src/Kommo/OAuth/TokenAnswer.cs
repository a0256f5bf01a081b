namespace Kommo.OAuth;

/// <summary>The body that the token endpoint answers with.</summary>
internal sealed class TokenAnswer
{
    public string? TokenType { get; init; }

    public TimeSpan? ExpiresIn { get; init; }

    public string? AccessToken { get; init; }

    public string? RefreshToken { get; init; }

    public DateTimeOffset? ServerTime { get; init; }
}
