using Kommo.Http;

namespace Kommo;

/// <summary>
/// A client of one Kommo account's API v4. Safe for concurrent use; owns nothing, so dispose the
/// <see cref="HttpClient"/> where it was made.
/// </summary>
public sealed class KommoClient
{
    private static readonly Lazy<SocketsHttpHandler> SharedTransport = new(KommoPipeline.CreateTransport);

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
        Customers = new CustomersClient(connection);
        Pipelines = new PipelinesClient(connection);
        LossReasons = new LossReasonsClient(connection);
        IncomingLeads = new IncomingLeadsClient(connection);
        Events = new EventsClient(connection);
        Users = new UsersClient(connection);
        Roles = new RolesClient(connection);
        Bots = new BotsClient(connection);
        Webhooks = new WebhooksClient(connection);
        Catalogs = new CatalogsClient(connection);
        Products = new ProductsClient(connection);
        Currencies = new CurrenciesClient(connection);
        Salesbot = new SalesbotClient(connection);
        Calls = new CallsClient(connection);
        Widgets = new WidgetsClient(connection);
        Sources = new SourcesClient(connection);
        WebsiteButtons = new WebsiteButtonsClient(connection);
        Talks = new TalksClient(connection);
        ShortLinks = new ShortLinksClient(connection);
        ChatTemplates = new ChatTemplatesClient(connection);
        Files = new FilesClient(connection);
        KnowledgeSources = new KnowledgeSourcesClient(connection);
    }

    /// <summary>
    /// Makes a client with everything that it needs: connections that all such clients of the process share, a rate limiter that
    /// belongs to this one, and one token. Make one client per account and keep it. For tokens that are renewed, or a limiter that several
    /// processes share, make the <see cref="HttpClient"/> with <see cref="KommoPipeline.CreateClient"/>.
    /// </summary>
    /// <param name="account">The account's own host, such as <c>https://example.kommo.com/</c>.</param>
    /// <param name="accessToken">An access token, for example a private integration's long-lived one.</param>
    /// <exception cref="ArgumentException">The address is neither https nor loopback, or is more than a host; or there is no token.</exception>
    public static KommoClient Create(Uri account, string accessToken) => new(CreateHttp(account, accessToken));

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

    /// <summary>Customers, with their purchases, statuses and segments.</summary>
    public CustomersClient Customers { get; }

    /// <summary>Pipelines of leads, and their stages.</summary>
    public PipelinesClient Pipelines { get; }

    /// <summary>Reasons for losing a lead.</summary>
    public LossReasonsClient LossReasons { get; }

    /// <summary>Incoming leads: those that nobody has accepted yet.</summary>
    public IncomingLeadsClient IncomingLeads { get; }

    /// <summary>What happened in the account.</summary>
    public EventsClient Events { get; }

    /// <summary>Users.</summary>
    public UsersClient Users { get; }

    /// <summary>Roles.</summary>
    public RolesClient Roles { get; }

    /// <summary>Bots, to run and to stop.</summary>
    public BotsClient Bots { get; }

    /// <summary>Webhook subscriptions of the account.</summary>
    public WebhooksClient Webhooks { get; }

    /// <summary>Lists, and by <see cref="CatalogsClient.Elements"/> what is on them.</summary>
    public CatalogsClient Catalogs { get; }

    /// <summary>The settings of the list of products.</summary>
    public ProductsClient Products { get; }

    /// <summary>The currencies that Kommo knows.</summary>
    public CurrenciesClient Currencies { get; }

    /// <summary>Bots that wait to be continued.</summary>
    public SalesbotClient Salesbot { get; }

    /// <summary>Telephony.</summary>
    public CallsClient Calls { get; }

    /// <summary>Widgets.</summary>
    public WidgetsClient Widgets { get; }

    /// <summary>Sources of leads.</summary>
    public SourcesClient Sources { get; }

    /// <summary>Website buttons.</summary>
    public WebsiteButtonsClient WebsiteButtons { get; }

    /// <summary>Talks, and by <see cref="TalksClient.Messages"/> what was said.</summary>
    public TalksClient Talks { get; }

    /// <summary>Short links.</summary>
    public ShortLinksClient ShortLinks { get; }

    /// <summary>Templates of messages.</summary>
    public ChatTemplatesClient ChatTemplates { get; }

    /// <summary>Which entities files belong to; the files themselves are on a host of their own: <see cref="KommoDriveClient"/>.</summary>
    public FilesClient Files { get; }

    /// <summary>What Kommo AI knows.</summary>
    public KnowledgeSourcesClient KnowledgeSources { get; }

    /// <summary>The notes on entities of a kind that is only known when the program runs; else take <c>kommo.Leads.Notes</c> and the like.</summary>
    /// <exception cref="ArgumentException">Entities of this kind have no notes.</exception>
    public NotesClient NotesOn(EntityType entity) =>
        entity == EntityType.Leads ? Leads.Notes
        : entity == EntityType.Contacts ? Contacts.Notes
        : entity == EntityType.Companies ? Companies.Notes
        : entity == EntityType.Customers ? Customers.Notes
        : throw new ArgumentException("Notes stand on leads, contacts, companies and customers.", nameof(entity));

    internal static HttpClient CreateHttp(Uri host, string accessToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(accessToken);
        return CreateHttp(host, new StaticAccessToken(accessToken));
    }

    internal static HttpClient CreateHttp(Uri host, IAccessTokenSource? tokens)
    {
        var limiter = new AccountRateLimiter();
        return KommoPipeline.CreateClient(
            host, new KommoPipelineOptions { Limiter = limiter, Observer = limiter, Tokens = tokens }, SharedTransport.Value);
    }
}
