namespace Kommo.Webhooks;

/// <summary>The account that a hook names (Kommo: Webhooks, <c>account</c>). All of it can be missing.</summary>
/// <param name="Id">The account's id.</param>
/// <param name="Subdomain">The first label of the account's host.</param>
/// <param name="Self">
/// A link that may show an amocrm.com host for Kommo accounts: never derive the API's host from it.
/// </param>
public sealed record WebhookAccount(long? Id = null, string? Subdomain = null, Uri? Self = null);
