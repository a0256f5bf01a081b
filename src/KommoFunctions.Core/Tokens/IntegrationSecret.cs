namespace KommoFunctions.Tokens;

/// <summary>Where the integration's secret key is kept.</summary>
public static class IntegrationSecret
{
    /// <summary>The name of the vault's secret that holds the secret key from Kommo's "Keys and scopes"; an operator enters it once.</summary>
    public const string Name = "kommo-client-secret";
}
