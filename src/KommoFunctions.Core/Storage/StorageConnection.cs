using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Storage;

/// <summary>
/// The storage account, as the queue triggers know it: the setting <c>KommoStorage</c> is a connection string, or
/// <c>KommoStorage:queueServiceUri</c>, <c>blobServiceUri</c> and <c>tableServiceUri</c> name the services and a managed identity opens
/// them (<c>credential=managedidentity</c>, <c>clientId</c>), which are the names that the Functions host uses.
/// </summary>
internal sealed class StorageConnection
{
    private const string Name = ConnectionNames.Storage;

    private readonly string? _connectionString;
    private readonly IConfigurationSection _section;
    private readonly StorageClientSetup? _setup;
    private readonly Lazy<TokenCredential> _credential;
    private readonly Lazy<QueueServiceClient> _queues;
    private readonly Lazy<TableServiceClient> _tables;
    private readonly Lazy<BlobServiceClient> _blobs;

    /// <param name="configuration">The settings.</param>
    /// <param name="setup">The way to a storage in memory; without it the clients are what the settings say.</param>
    public StorageConnection(IConfiguration configuration, StorageClientSetup? setup = null)
    {
        _setup = setup;
        _section = configuration.GetSection(Name);
        _connectionString = string.IsNullOrWhiteSpace(_section.Value) ? null : _section.Value;
        _credential = new Lazy<TokenCredential>(CreateCredential);
        _queues = new Lazy<QueueServiceClient>(() => CreateQueues(new QueueClientOptions()));
        _tables = new Lazy<TableServiceClient>(() => CreateTables(new TableClientOptions()));
        _blobs = new Lazy<BlobServiceClient>(CreateBlobs);
    }

    /// <summary>Hears of all answers of tables and queues, for the clock that is set there.</summary>
    public StorageClockPolicy Answers { get; } = new();

    public QueueServiceClient Queues => _queues.Value;

    public TableServiceClient Tables => _tables.Value;

    public BlobServiceClient Blobs => _blobs.Value;

    /// <summary>The rows of a table.</summary>
    public VersionedRows Rows(string table) => new(Tables.GetTableClient(table), _setup?.Time ?? TimeProvider.System);

    /// <summary>Throws, naming the setting and what it should look like, when no account can be reached with what is set.</summary>
    /// <exception cref="OptionsValidationException">A setting is missing or wrong.</exception>
    public void Validate()
    {
        try
        {
            _ = (Queues, Tables, Blobs);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw Wrong(Name, "is no connection string of a storage account", e);
        }
    }

    /// <summary>A client with options of its own; the encoding is always the one that the queue triggers read by default.</summary>
    public QueueServiceClient CreateQueues(QueueClientOptions options)
    {
        options.MessageEncoding = QueueMessageEncoding.Base64;
        options.AddPolicy(Answers, HttpPipelinePosition.PerRetry);
        _setup?.Configure(options);
        return _connectionString is null
            ? new QueueServiceClient(Service("queueServiceUri", "queue"), _credential.Value, options)
            : new QueueServiceClient(_connectionString, options);
    }

    /// <summary>A client with options of its own.</summary>
    public TableServiceClient CreateTables(TableClientOptions options)
    {
        options.AddPolicy(Answers, HttpPipelinePosition.PerRetry);
        _setup?.Configure(options);
        return _connectionString is null
            ? new TableServiceClient(Service("tableServiceUri", "table"), _credential.Value, options)
            : new TableServiceClient(_connectionString, options);
    }

    private BlobServiceClient CreateBlobs()
    {
        var options = new BlobClientOptions();
        _setup?.Configure(options);
        return _connectionString is null
            ? new BlobServiceClient(Service("blobServiceUri", "blob"), _credential.Value, options)
            : new BlobServiceClient(_connectionString, options);
    }

    private Uri Service(string setting, string service)
    {
        var text = _section[setting];
        if (string.IsNullOrWhiteSpace(text))
        {
            throw Wrong($"{Name}:{setting}", "is missing", null, service);
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps
            ? uri
            : throw Wrong($"{Name}:{setting}", $"is '{text}'", null, service);
    }

    private TokenCredential CreateCredential()
    {
        var clientId = _section["clientId"];
        return string.Equals(_section["credential"], "managedidentity", StringComparison.OrdinalIgnoreCase)
            ? new ManagedIdentityCredential(
                string.IsNullOrWhiteSpace(clientId) ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(clientId))
            : new DefaultAzureCredential();
    }

    private static OptionsValidationException Wrong(string setting, string what, Exception? cause, string service = "queue")
    {
        var shape = $"{Name} should be a connection string (locally UseDevelopmentStorage=true), "
            + $"or {Name}__{service}ServiceUri an address such as https://myaccount.{service}.core.windows.net";
        var failure = $"{setting} {what}. {shape}.";
        return cause is null
            ? new OptionsValidationException(Name, typeof(StorageConnection), [failure])
            : new OptionsValidationException(Name, typeof(StorageConnection), [failure]) { Data = { ["cause"] = cause.GetType().Name } };
    }
}
