namespace Kommo.OAuth;

/// <summary>Where an account is now (Kommo: OAuth 2.0, account subdomain).</summary>
public sealed record AccountLocation
{
    /// <summary>The account's id.</summary>
    public long Id { get; init; }

    /// <summary>The first label of its host.</summary>
    public string? Subdomain { get; init; }

    /// <summary>Its host, such as <c>example.kommo.com</c>. Check it with <see cref="KommoDomain"/> before anything is sent there.</summary>
    public string? Domain { get; init; }
}
