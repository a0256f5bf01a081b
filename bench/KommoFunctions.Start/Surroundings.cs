using Azure.Storage.Queues;
using KommoFunctions.Accounts;
using KommoFunctions.Emulators.Azurite;
using KommoFunctions.Emulators.KeyVault;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Start;

/// <summary>Storage (Azurite behind a proxy), the vault, and the address of an account's hooks.</summary>
internal sealed class Surroundings : IAsyncDisposable
{
    private const long AccountId = 30_000_001;

    private readonly AzuriteProcess _azurite;
    private readonly StorageProxy _proxy;
    private readonly KeyVaultEmulator _vault;

    private Surroundings(AzuriteProcess azurite, StorageProxy proxy, KeyVaultEmulator vault) => (_azurite, _proxy, _vault) = (azurite, proxy, vault);

    public Uri Hook { get; private set; } = null!;

    /// <summary>The app's settings, as environment variables.</summary>
    public IReadOnlyDictionary<string, string> Settings => SettingsWith(_azurite.ConnectionString);

    /// <summary>The same, with storage behind the proxy.</summary>
    public IReadOnlyDictionary<string, string> SettingsBehindProxy => SettingsWith(_proxy.ConnectionString);

    public StorageFaults Storage => _proxy.Faults;

    public static async Task<Surroundings> StartAsync(CancellationToken cancellationToken)
    {
        var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(), cancellationToken);
        var proxy = await StorageProxy.StartAsync(StorageProxyOptions.For(azurite), cancellationToken);
        var vault = await KeyVaultEmulator.StartAsync(new KeyVaultEmulatorOptions(), cancellationToken);
        var surroundings = new Surroundings(azurite, proxy, vault);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddKommoFunctions(new ConfigurationBuilder().AddInMemoryCollection(
            surroundings.Settings.Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value))).Build());
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<StorageProvisioner>().EnsureCreatedAsync(cancellationToken);
        surroundings.Hook = await provider.GetRequiredService<HookSubscriptions>().AddressOfAsync(AccountId, cancellationToken);
        return surroundings;
    }

    /// <summary>How many hooks are in the queue.</summary>
    public async Task<int> CountAsync(CancellationToken cancellationToken) =>
        (await new QueueClient(_azurite.ConnectionString, QueueNames.Hooks).GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;

    public async ValueTask DisposeAsync()
    {
        await _vault.DisposeAsync();
        await _proxy.DisposeAsync();
        await _azurite.DisposeAsync();
    }

    private Dictionary<string, string> SettingsWith(string storage) => new()
    {
        ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
        [ConnectionNames.Storage] = storage,
        ["KommoFunctions__KeyVault__Uri"] = _vault.Uri.AbsoluteUri,
        ["KommoFunctions__KeyVault__Emulator"] = "true",
        ["KommoFunctions__OAuth__ClientId"] = "00000000-0000-4000-8000-000000000001",
        ["KommoFunctions__OAuth__RedirectUri"] = "http://localhost:7071/api/oauth/callback",
        ["KommoFunctions__PublicUrl"] = "http://localhost:7071",
    };
}
