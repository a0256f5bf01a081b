using System.Globalization;
using Azure.Storage.Queues;
using KommoFunctions.Accounts;
using KommoFunctions.Emulators.Azurite;
using KommoFunctions.Emulators.KeyVault;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Intake.Load;

/// <summary>Storage (Azurite, a process of its own), the vault, and the address that hooks are posted to.</summary>
internal sealed class Surroundings : IAsyncDisposable
{
    public const long AccountId = 30_000_001;

    private readonly KeyVaultEmulator _vault;
    private readonly StorageProxy? _proxy;

    private Surroundings(AzuriteProcess azurite, KeyVaultEmulator vault, StorageProxy? proxy, int port)
    {
        Azurite = azurite;
        _vault = vault;
        _proxy = proxy;
        Port = port;
    }

    public AzuriteProcess Azurite { get; }

    public int Port { get; }

    public Uri Hook { get; private set; } = null!;

    public Uri Bare => new(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{Port}/bare"));

    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        [ConnectionNames.Storage] = _proxy?.ConnectionString ?? Azurite.ConnectionString,
        ["KommoFunctions:KeyVault:Uri"] = _vault.Uri.AbsoluteUri,
        ["KommoFunctions:KeyVault:Emulator"] = "true",
        ["KommoFunctions:OAuth:ClientId"] = "00000000-0000-4000-8000-000000000001",
        ["KommoFunctions:OAuth:RedirectUri"] = "http://localhost/api/oauth/callback",
        ["KommoFunctions:PublicUrl"] = Bare.GetLeftPart(UriPartial.Authority),
    };

    /// <param name="storageLatency">How long each of the host's requests is on its way to storage; one whose sender dies meanwhile is lost.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<Surroundings> StartAsync(StorageLatency? storageLatency, CancellationToken cancellationToken)
    {
        var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(), cancellationToken);
        var vault = await KeyVaultEmulator.StartAsync(new KeyVaultEmulatorOptions(), cancellationToken);
        StorageProxy? proxy = null;
        if (storageLatency is not null)
        {
            proxy = await StorageProxy.StartAsync(StorageProxyOptions.For(azurite), cancellationToken);
            proxy.Faults.RequestLatency = storageLatency;
        }

        var surroundings = new Surroundings(azurite, vault, proxy, Emulators.Ports.FindToKeep(1)[0]);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddKommoFunctions(new ConfigurationBuilder().AddInMemoryCollection(surroundings.Settings).Build());
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<StorageProvisioner>().EnsureCreatedAsync(cancellationToken);
        surroundings.Hook = await provider.GetRequiredService<HookSubscriptions>().AddressOfAsync(AccountId, cancellationToken);
        return surroundings;
    }

    public QueueClient Queue(string name) =>
        new(Azurite.ConnectionString, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    public async ValueTask DisposeAsync()
    {
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }

        await _vault.DisposeAsync();
        await Azurite.DisposeAsync();
    }
}
