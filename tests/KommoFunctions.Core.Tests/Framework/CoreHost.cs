using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Kommo.Simulator;
using KommoFunctions.Accounts;
using KommoFunctions.Emulators.KeyVault;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;
using KommoFunctions.Tests;
using KommoFunctions.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Core.Tests.Framework;

/// <summary>
/// Everything around the core for one test: a storage account of its own behind a proxy, a vault, a simulated Kommo account, and one or several
/// processes of the app, which are service providers. Messages move only when the test moves them.
/// </summary>
internal sealed class CoreHost : IAsyncDisposable
{
    public const string ClientSecret = "the-secret-key-of-the-integration";

    private readonly CoreHostOptions _options;
    private readonly List<CoreProcess> _processes = [];
    private readonly QueueServiceClient _queues;

    private CoreHost(CoreHostOptions options, KeyVaultEmulator vault, StorageProxy proxy, KommoSimulator kommo, string direct, string proxied)
    {
        _options = options;
        Vault = vault;
        Proxy = proxy;
        Kommo = kommo;
        _queues = new QueueServiceClient(direct, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        Tables = new TableServiceClient(direct);
        Blobs = new BlobServiceClient(direct);
        Settings = new Dictionary<string, string?>
        {
            ["KommoStorage"] = proxied,
            ["KommoFunctions:KeyVault:Uri"] = vault.Uri.AbsoluteUri,
            ["KommoFunctions:KeyVault:Emulator"] = "true",
            ["KommoFunctions:OAuth:ClientId"] = kommo.Options.ClientId,
            ["KommoFunctions:OAuth:RedirectUri"] = kommo.Options.RedirectUri,
            ["KommoFunctions:PublicUrl"] = "http://localhost:7071",
            ["KommoFunctions:Limit:RequestsPerSecond"] = "50",
            ["KommoFunctions:Limit:ArrivalJitter"] = "00:00:00",
            // A busy machine must not look like a busy account.
            ["KommoFunctions:Limit:LongestWait"] = "00:00:30",
            ["KommoFunctions:Retry:FirstDelay"] = "00:00:00.100",
            ["KommoFunctions:Retry:LongestDelay"] = "00:00:01",
            ["KommoFunctions:Outbox:InDoubtDelay"] = "00:00:00.100",
            ["KommoFunctions:Outbox:BatchAge"] = "00:00:00",
            ["KommoFunctions:FairShare:Burst"] = "10000",
        };
        foreach (var (name, value) in options.Settings)
        {
            Settings[$"KommoFunctions:{name}"] = value;
        }

        Process = StartProcess();
    }

    public KeyVaultEmulator Vault { get; }

    public StorageProxy Proxy { get; }

    public KommoSimulator Kommo { get; }

    /// <summary>Storage past the proxy, so that what a test looks at is not counted.</summary>
    public TableServiceClient Tables { get; }

    public BlobServiceClient Blobs { get; }

    public Dictionary<string, string?> Settings { get; }

    /// <summary>The first process.</summary>
    public CoreProcess Process { get; }

    /// <summary>All processes that were started.</summary>
    public IReadOnlyList<CoreProcess> Processes => _processes;

    public HandlerScript Script => Process.Script;

    public long AccountId => Kommo.Options.AccountId;

    public static async Task<CoreHost> StartAsync(AzuriteFixture azurite, Action<CoreHostOptions>? configure = null)
    {
        var options = new CoreHostOptions();
        configure?.Invoke(options);
        var vault = await KeyVaultEmulator.StartAsync(
            new KeyVaultEmulatorOptions { TransitionTime = options.VaultTransition }, CancellationToken.None);
        var proxy = await StorageProxy.StartAsync(StorageProxyOptions.For(azurite.Azurite), CancellationToken.None);
        var simulated = new KommoSimulatorOptions { RequestsPerSecond = 10_000, ClientSecret = ClientSecret, RetryAfter = TimeSpan.FromSeconds(1) };
        options.Kommo(simulated);
        var kommo = await KommoSimulator.StartAsync(simulated);
        var account = StorageAccounts.Take();
        var host = new CoreHost(
            options,
            vault,
            proxy,
            kommo,
            StorageAccounts.ConnectionString(account, azurite.Azurite.BlobPort, azurite.Azurite.QueuePort, azurite.Azurite.TablePort),
            StorageAccounts.ConnectionString(account, proxy.BlobEndpoint.Port, proxy.QueueEndpoint.Port, proxy.TableEndpoint.Port));
        await host.Process.Get<StorageProvisioner>().EnsureCreatedAsync();
        if (options.Connected)
        {
            await host.ConnectAsync();
        }

        return host;
    }

    /// <summary>Another process of the app over the same storage, vault and account.</summary>
    /// <param name="time">Its clock; the host's without one.</param>
    /// <param name="services">Adds services before the core's own.</param>
    public CoreProcess StartProcess(TimeProvider? time = null, Action<IServiceCollection>? services = null)
    {
        var process = new CoreProcess(this, Settings, time ?? _options.Time, _options.Handlers, services);
        _processes.Add(process);
        return process;
    }

    /// <summary>Connects the account without HTTP: its row and its tokens, which live as long as said from now.</summary>
    public async Task<AccountTokens> ConnectAsync(TimeSpan? life = null, string? longLived = null, long? accountId = null, Uri? address = null)
    {
        var id = accountId ?? AccountId;
        var now = TimeProvider.System.GetUtcNow();
        var pair = longLived is null ? Kommo.IssueTokens() : null;
        var tokens = new AccountTokens
        {
            AccessToken = pair?.AccessToken ?? longLived!,
            RefreshToken = pair?.RefreshToken,
            IssuedAt = now - TimeSpan.FromHours(1),
            ExpiresAt = now + (life ?? TimeSpan.FromHours(23)),
            Generation = 1,
        };
        await Process.Vault.SetSecretAsync(IntegrationSecret.Name, ClientSecret);
        await Process.Get<TokenVault>().StoreAsync(id, tokens, TimeSpan.FromSeconds(10));
        await Process.Get<AccountStore>().PutAsync(
            new KommoAccount
            {
                Id = id,
                Address = address ?? Kommo.BaseAddress,
                State = AccountState.Active,
                ConnectedAt = now - TimeSpan.FromHours(1),
                TokenExpiresAt = tokens.ExpiresAt,
                RefreshDueAt = Process.Get<TokenRefresher>().DueAt(id, tokens),
                ReconciledUntil = now - TimeSpan.FromHours(1),
            },
            CancellationToken.None);
        return tokens;
    }

    public Task<KommoAccount?> ReadAccountAsync() => Process.Get<AccountStore>().GetAsync(AccountId);

    /// <summary>Takes one message out of a queue; null when none is visible. What the test does not process is lost, what it processes twice came twice.</summary>
    public async Task<BinaryData?> TakeAsync(string queue)
    {
        QueueMessage? message = await _queues.GetQueueClient(queue).ReceiveMessageAsync();
        if (message is null)
        {
            return null;
        }

        await _queues.GetQueueClient(queue).DeleteMessageAsync(message.MessageId, message.PopReceipt);
        return message.Body;
    }

    /// <summary>Takes all visible messages out of a queue, oldest first.</summary>
    public async Task<IReadOnlyList<BinaryData>> TakeAllAsync(string queue)
    {
        var taken = new List<BinaryData>();
        while (await TakeAsync(queue) is { } message)
        {
            taken.Add(message);
        }

        return taken;
    }

    /// <summary>The envelopes of all visible messages, which leave the queue.</summary>
    public async Task<IReadOnlyList<Envelope>> TakeEnvelopesAsync(string queue) => [.. (await TakeAllAsync(queue)).Select(Envelope.Parse)];

    public async Task<BinaryData> TakeOneAsync(string queue) => Assert.Single(await TakeAllAsync(queue));

    /// <summary>Messages in a queue, those included that are invisible for a time.</summary>
    public async Task<int> CountAsync(string queue) =>
        (await _queues.GetQueueClient(queue).GetPropertiesAsync()).Value.ApproximateMessagesCount;

    /// <summary>The messages of all three queues, visible or not.</summary>
    public async Task<int> CountAllAsync() => (await Task.WhenAll(QueueNames.All.Select(CountAsync))).Sum();

    /// <summary>Messages that wait for the account out of their queues.</summary>
    public async Task<int> CountParkedAsync() => (await ReadTableAsync(TableNames.Holds)).Count(row => row.PartitionKey == $"{AccountId}");

    /// <summary>Empties a queue.</summary>
    public Task ClearAsync(string queue) => _queues.GetQueueClient(queue).ClearMessagesAsync();

    public Task PutAsync(string queue, string message) => _queues.GetQueueClient(queue).SendMessageAsync(message);

    public async Task<IReadOnlyList<TableEntity>> ReadTableAsync(string table)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in Tables.GetTableClient(table).QueryAsync<TableEntity>())
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Of every test: no token and no secret in a line of the log or an exception in it, from any process.</summary>
    private void AssertNoSecretIsLogged()
    {
        var log = string.Join('\n', _processes.SelectMany(process => process.Logs.GetSnapshot()).Select(record => $"{record.Message} {record.Exception}"));
        string[] secrets = [ClientSecret, .. Kommo.Tokens.SelectMany(pair => new[] { pair.AccessToken, pair.RefreshToken })];
        Assert.DoesNotContain(secrets, secret => log.Contains(secret, StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        AssertNoSecretIsLogged();

        await Kommo.DisposeAsync();
        await Proxy.DisposeAsync();
        await Vault.DisposeAsync();
    }
}
