namespace Kommo.Simulator;

/// <summary>What Kommo hands to the redirect URI when an admin allows the integration.</summary>
/// <param name="Code">The code: good once, for 20 minutes (Kommo: OAuth 2.0).</param>
/// <param name="Referer">The account's bare host, as in the callback's query.</param>
/// <param name="ExpiresAt">When the code stops working.</param>
public sealed record AuthorizationCode(string Code, string Referer, DateTimeOffset ExpiresAt);
