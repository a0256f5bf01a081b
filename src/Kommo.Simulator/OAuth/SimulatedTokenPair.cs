namespace Kommo.Simulator;

/// <summary>A token pair that the simulator issued.</summary>
public sealed record SimulatedTokenPair
{
    /// <summary>The access token.</summary>
    public string AccessToken { get; init; } = "";

    /// <summary>The refresh token.</summary>
    public string RefreshToken { get; init; } = "";

    /// <summary>The refresh token that this pair was exchanged for; null for a pair out of an authorization code.</summary>
    public string? ExchangedFor { get; init; }

    /// <summary>The user who allowed it.</summary>
    public long UserId { get; init; }

    /// <summary>When it was issued.</summary>
    public DateTimeOffset IssuedAt { get; init; }

    /// <summary>When the access token stops working.</summary>
    public DateTimeOffset AccessExpiresAt { get; init; }

    /// <summary>When the refresh token stops working.</summary>
    public DateTimeOffset RefreshExpiresAt { get; init; }

    /// <summary>Whether either token was used yet.</summary>
    public bool IsUsed { get; init; }

    /// <summary>Whether the pair works no more.</summary>
    public bool IsRevoked { get; init; }
}
