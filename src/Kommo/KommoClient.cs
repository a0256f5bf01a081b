using Kommo.Http;

namespace Kommo;

/// <summary>
/// A client of one Kommo account's API v4. Safe for concurrent use; owns nothing, so dispose the
/// <see cref="HttpClient"/> where it was made.
/// </summary>
public sealed class KommoClient
{
    /// <summary>
    /// Makes a client over <paramref name="http"/>, whose <see cref="HttpClient.BaseAddress"/> is the account's own
    /// host, such as <c>https://example.kommo.com/</c>; <see cref="KommoPipeline.CreateClient"/> makes a suitable one.
    /// </summary>
    /// <exception cref="ArgumentException">There is no base address, or it is neither https nor loopback.</exception>
    public KommoClient(HttpClient http)
    {
        ArgumentNullException.ThrowIfNull(http);
        AccountAddress.Require(http.BaseAddress, nameof(http));
        var connection = new KommoConnection(http);
        Account = new AccountClient(connection);
        Leads = new LeadsClient(connection);
        Contacts = new ContactsClient(connection);
        Companies = new CompaniesClient(connection);
        Tasks = new TasksClient(connection);
        Notes = new NotesClient(connection);
        Webhooks = new WebhooksClient(connection);
        Salesbot = new SalesbotClient(connection);
    }

    /// <summary>The account itself.</summary>
    public AccountClient Account { get; }

    /// <summary>Leads.</summary>
    public LeadsClient Leads { get; }

    /// <summary>Contacts: people.</summary>
    public ContactsClient Contacts { get; }

    /// <summary>Companies.</summary>
    public CompaniesClient Companies { get; }

    /// <summary>Tasks.</summary>
    public TasksClient Tasks { get; }

    /// <summary>Notes on leads, contacts, companies and customers.</summary>
    public NotesClient Notes { get; }

    /// <summary>Webhook subscriptions of the account.</summary>
    public WebhooksClient Webhooks { get; }

    /// <summary>Bots that wait to be continued.</summary>
    public SalesbotClient Salesbot { get; }
}
