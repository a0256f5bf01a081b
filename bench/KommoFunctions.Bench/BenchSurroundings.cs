using System.Globalization;
using Azure.Security.KeyVault.Secrets;
using Kommo.Simulator;
using KommoFunctions.Connecting;
using KommoFunctions.Emulators.Azurite;
using KommoFunctions.Emulators.KeyVault;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Handlers;
using KommoFunctions.Storage;
using KommoFunctions.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Bench;

/// <summary>
/// What surrounds the app in a run: storage (Azurite, a process of its own) behind a proxy that counts and fails on demand, a vault, and Kommo accounts
/// that have the integration connected. The app runs in processes of its own.
/// </summary>
internal sealed class BenchSurroundings : IAsyncDisposable
{
    private const string ClientId = "00000000-0000-4000-8000-000000000001";
    private const string ClientSecret = "a-made-up-secret-of-the-integration";

    private readonly Stack<IAsyncDisposable> _started = new();
    private readonly List<KommoSimulator> _accounts = [];
    private readonly BenchOptions _options;
    private AzuriteProcess? _azurite;
    private ServiceProvider? _services;

    private BenchSurroundings(BenchOptions options) => _options = options;

    public KeyVaultEmulator Vault { get; private set; } = null!;

    public StorageProxy Storage { get; private set; } = null!;

    /// <summary>The ways to all of it; null when they cannot be disturbed.</summary>
    public Ways? Ways { get; private set; }

    public IReadOnlyList<KommoSimulator> Accounts => _accounts;

    /// <summary>Where the app listens.</summary>
    public Uri Address => _options.Address;

    /// <summary>The core in this process, over storage past the proxy: for what a run looks at from outside.</summary>
    public IServiceProvider Services => _services!;

    /// <summary>What is left to do, looked at past the proxy.</summary>
    public Leftovers Leftovers => new(_azurite!.ConnectionString);

    /// <summary>What the app's processes are given.</summary>
    public IReadOnlyDictionary<string, string?> Settings =>
        SettingsOver(Ways?.StorageConnectionString ?? Storage.ConnectionString, Ways?.VaultAddress ?? Vault.Uri);

    private string RedirectUri => new Uri(Address, "api/oauth/callback").AbsoluteUri;

    public static async Task<BenchSurroundings> StartAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var surroundings = new BenchSurroundings(options);
        try
        {
            await surroundings.StartAsync(cancellationToken);
            return surroundings;
        }
        catch
        {
            await surroundings.DisposeAsync();
            throw;
        }
    }

    /// <summary>The core's services over this process's own connection to storage, counted or not.</summary>
    public ServiceProvider CreateServices(bool counted, Action<KommoFunctionsBuilder> handlers, Action<IServiceCollection>? before = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        before?.Invoke(services);
        var storage = counted ? Storage.ConnectionString : _azurite!.ConnectionString;
        handlers(services.AddKommoFunctions(new ConfigurationBuilder().AddInMemoryCollection(SettingsOver(storage, Vault.Uri)).Build()));
        return services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        while (_started.TryPop(out var started))
        {
            await started.DisposeAsync();
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        _azurite = Started(await AzuriteProcess.StartAsync(new AzuriteOptions(), cancellationToken));
        Vault = Started(await KeyVaultEmulator.StartAsync(new KeyVaultEmulatorOptions(), cancellationToken));
        Storage = Started(await StorageProxy.StartAsync(StorageProxyOptions.For(_azurite, seed: _options.Seed), cancellationToken));
        for (var i = 0; i < _options.Accounts; i++)
        {
            var options = new KommoSimulatorOptions
            {
                AccountId = 30_000_001 + i,
                Subdomain = string.Create(CultureInfo.InvariantCulture, $"example{i + 1}"),
                ClientId = ClientId,
                ClientSecret = ClientSecret,
                RedirectUri = RedirectUri,
            };
            _options.Kommo(options);
            _accounts.Add(Started(await KommoSimulator.StartAsync(options, cancellationToken)));
        }

        Ways = _options.Disturbable ? Started(new Ways(Storage, Vault, _accounts)) : null;
        await ConnectAsync(cancellationToken);
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        _services = Started(CreateServices(counted: false, builder => builder.AddHandler<FollowUpOnNewLead>()));
        await Services.GetRequiredService<StorageProvisioner>().EnsureCreatedAsync(cancellationToken);
        await Services.GetRequiredService<SecretClient>().SetSecretAsync(IntegrationSecret.Name, ClientSecret, cancellationToken);
        foreach (var (index, account) in _accounts.Index())
        {
            if (_options.LeadsBefore.ElementAtOrDefault(index) is > 0 and var leads)
            {
                account.CreateLeads(leads);
            }

            await Services.GetRequiredService<AccountConnector>().ConnectAsync(
                Ways?.AccountAddresses[index] ?? account.BaseAddress, account.Authorize().Code, cancellationToken);
            account.ResetStatistics();
        }
    }

    private Dictionary<string, string?> SettingsOver(string storage, Uri vault)
    {
        var settings = new Dictionary<string, string?>
        {
            [ConnectionNames.Storage] = storage,
            ["KommoFunctions:KeyVault:Uri"] = vault.AbsoluteUri,
            ["KommoFunctions:KeyVault:Emulator"] = "true",
            ["KommoFunctions:OAuth:ClientId"] = ClientId,
            ["KommoFunctions:OAuth:RedirectUri"] = RedirectUri,
            ["KommoFunctions:PublicUrl"] = Address.GetLeftPart(UriPartial.Authority),
        };
        foreach (var (name, value) in _options.Settings)
        {
            settings[name] = value;
        }

        return settings;
    }

    private T Started<T>(T service)
        where T : IAsyncDisposable
    {
        _started.Push(service);
        return service;
    }
}
