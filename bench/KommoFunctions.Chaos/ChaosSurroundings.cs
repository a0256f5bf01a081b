using System.Globalization;
using Azure.Data.Tables;
using Azure.Security.KeyVault.Secrets;
using Azure.Storage.Queues;
using Kommo.Simulator;
using KommoFunctions.Connecting;
using KommoFunctions.Emulators.Azurite;
using KommoFunctions.Emulators.KeyVault;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Handlers;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Storage;
using KommoFunctions.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Chaos;

/// <summary>Storage behind a proxy that fails on demand, a vault, and several Kommo accounts that have the integration connected.</summary>
internal sealed class ChaosSurroundings : IAsyncDisposable
{
    private const string ClientId = "00000000-0000-4000-8000-000000000001";
    private const string ClientSecret = "a-made-up-secret-of-the-integration";

    private readonly AzuriteProcess _azurite;
    private readonly List<KommoSimulator> _accounts = [];
    private ServiceProvider? _services;

    private ChaosSurroundings(AzuriteProcess azurite, KeyVaultEmulator vault, StorageProxy storage, Uri address)
    {
        _azurite = azurite;
        Vault = vault;
        Storage = storage;
        Address = address;
    }

    public KeyVaultEmulator Vault { get; }

    public StorageProxy Storage { get; }

    public IReadOnlyList<KommoSimulator> Accounts => _accounts;

    /// <summary>Where Kommo sends its hooks.</summary>
    public Uri Address { get; }

    /// <summary>The core over storage past the proxy: for what a run looks at when all is over.</summary>
    public IServiceProvider Services => _services!;

    /// <summary>What the app's processes are given. Holds and delays are short, so that a run of minutes meets what takes hours otherwise.</summary>
    public IReadOnlyDictionary<string, string?> Settings => SettingsOver(Storage.ConnectionString);

    public static async Task<ChaosSurroundings> StartAsync(int accounts, int port, CancellationToken cancellationToken)
    {
        var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(), cancellationToken);
        var vault = await KeyVaultEmulator.StartAsync(new KeyVaultEmulatorOptions(), cancellationToken);
        var storage = await StorageProxy.StartAsync(StorageProxyOptions.For(azurite), cancellationToken);
        var surroundings = new ChaosSurroundings(
            azurite, vault, storage, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}")));
        for (var i = 0; i < accounts; i++)
        {
            surroundings._accounts.Add(await KommoSimulator.StartAsync(new KommoSimulatorOptions
            {
                AccountId = 30_000_001 + i,
                Subdomain = string.Create(CultureInfo.InvariantCulture, $"example{i + 1}"),
                ClientId = ClientId,
                ClientSecret = ClientSecret,
                RedirectUri = surroundings.RedirectUri,
                HookTimeScale = 0.005,
                RetryAfter = TimeSpan.FromSeconds(1),
            }, cancellationToken));
        }

        await surroundings.ConnectAsync(cancellationToken);
        return surroundings;
    }

    /// <summary>Messages in the queues and commands in the outbox.</summary>
    public async Task<int> CountLeftAsync(CancellationToken cancellationToken)
    {
        var left = 0;
        var queues = new QueueServiceClient(_azurite.ConnectionString);
        foreach (var name in new[] { QueueNames.Hooks, QueueNames.Events, QueueNames.Dispatch, QueueNames.PoisonHooks, QueueNames.PoisonEvents, QueueNames.PoisonDispatch })
        {
            left += (await queues.GetQueueClient(name).GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;
        }

        var outbox = new TableClient(_azurite.ConnectionString, TableNames.Outbox);
        await foreach (var _ in outbox.QueryAsync<TableEntity>("RowKey ge '0' and RowKey lt ':'", select: ["RowKey"], cancellationToken: cancellationToken))
        {
            left++;
        }

        return left;
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        foreach (var account in _accounts)
        {
            await account.DisposeAsync();
        }

        await Storage.DisposeAsync();
        await Vault.DisposeAsync();
        await _azurite.DisposeAsync();
    }

    private string RedirectUri => new Uri(Address, "api/oauth/callback").AbsoluteUri;

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddKommoFunctions(new ConfigurationBuilder().AddInMemoryCollection(SettingsOver(_azurite.ConnectionString)).Build())
            .AddHandler<FollowUpOnNewLead>();
        _services = services.BuildServiceProvider();
        await Services.GetRequiredService<StorageProvisioner>().EnsureCreatedAsync(cancellationToken);
        await Services.GetRequiredService<SecretClient>().SetSecretAsync(IntegrationSecret.Name, ClientSecret, cancellationToken);
        foreach (var account in _accounts)
        {
            await Services.GetRequiredService<AccountConnector>().ConnectAsync(account.BaseAddress, account.Authorize().Code, cancellationToken);
        }
    }

    private Dictionary<string, string?> SettingsOver(string storage) => new()
    {
        [ConnectionNames.Storage] = storage,
        ["KommoFunctions:KeyVault:Uri"] = Vault.Uri.AbsoluteUri,
        ["KommoFunctions:KeyVault:Emulator"] = "true",
        ["KommoFunctions:OAuth:ClientId"] = ClientId,
        ["KommoFunctions:OAuth:RedirectUri"] = RedirectUri,
        ["KommoFunctions:PublicUrl"] = Address.GetLeftPart(UriPartial.Authority),
        ["KommoFunctions:Limit:PauseWhenBlocked"] = "00:00:03",
        ["KommoFunctions:Outbox:LaneHold"] = "00:00:06",
        ["KommoFunctions:Outbox:InDoubtDelay"] = "00:00:02",
        ["KommoFunctions:Retry:LongestDelay"] = "00:00:10",
        ["Local:QueueLease"] = "00:00:06",
    };
}
