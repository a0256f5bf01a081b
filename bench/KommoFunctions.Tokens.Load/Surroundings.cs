using Azure.Security.KeyVault.Secrets;
using Kommo.Simulator;
using KommoFunctions.Accounts;
using KommoFunctions.Emulators.Azurite;
using KommoFunctions.Emulators.KeyVault;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Tokens.Load;

/// <summary>Storage (Azurite, a process of its own, behind a proxy that counts), the vault, and a simulated Kommo.</summary>
internal sealed class Surroundings : IAsyncDisposable
{
    private const string ClientSecret = "the-secret-key-of-the-integration";

    private readonly AzuriteProcess _azurite;
    private readonly TimeProvider _time;
    private long _accounts = 30_000_000;

    private Surroundings(AzuriteProcess azurite, StorageProxy storage, KeyVaultEmulator vault, KommoSimulator kommo, TimeProvider time)
    {
        (_azurite, Storage, Vault, Kommo, _time) = (azurite, storage, vault, kommo, time);
        Provider = CreateProvider(time, new NoRotationSteps());
    }

    public StorageProxy Storage { get; }

    public KeyVaultEmulator Vault { get; }

    public KommoSimulator Kommo { get; }

    /// <summary>The core's services in this process.</summary>
    public ServiceProvider Provider { get; }

    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        [ConnectionNames.Storage] = Storage.ConnectionString,
        ["KommoFunctions:KeyVault:Uri"] = Vault.Uri.AbsoluteUri,
        ["KommoFunctions:KeyVault:Emulator"] = "true",
        ["KommoFunctions:OAuth:ClientId"] = Kommo.Options.ClientId,
        ["KommoFunctions:OAuth:RedirectUri"] = Kommo.Options.RedirectUri,
        ["KommoFunctions:PublicUrl"] = "http://localhost:7071",
        ["KommoFunctions:Limit:RequestsPerSecond"] = "50",
        ["KommoFunctions:Limit:ArrivalJitter"] = "00:00:00",
    };

    public static async Task<Surroundings> StartAsync(RefreshTokenPolicy policy, TimeProvider time, CancellationToken cancellationToken)
    {
        var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(), cancellationToken);
        var storage = await StorageProxy.StartAsync(StorageProxyOptions.For(azurite), cancellationToken);
        var vault = await KeyVaultEmulator.StartAsync(new KeyVaultEmulatorOptions(), cancellationToken);
        var kommo = await KommoSimulator.StartAsync(
            new KommoSimulatorOptions { RequestsPerSecond = 100_000, ClientSecret = ClientSecret, RefreshTokenPolicy = policy, TimeProvider = time },
            cancellationToken);
        var surroundings = new Surroundings(azurite, storage, vault, kommo, time);
        await surroundings.Provider.GetRequiredService<StorageProvisioner>().EnsureCreatedAsync(cancellationToken);
        await surroundings.Provider.GetRequiredService<SecretClient>().SetSecretAsync(IntegrationSecret.Name, ClientSecret, cancellationToken);
        return surroundings;
    }

    /// <summary>The core's services, as another instance of the app has them.</summary>
    public ServiceProvider CreateProvider(TimeProvider time, IRotationSteps steps)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(time);
        services.AddSingleton(steps);
        if (time is ShiftedTime)
        {
            // Who looks at the world later finds storage's clock later too.
            services.AddSingleton<IStorageClock>(new ShiftedStorageClock(time));
        }

        services.AddKommoFunctions(new ConfigurationBuilder().AddInMemoryCollection(Settings).Build());
        return services.BuildServiceProvider();
    }

    /// <summary>A connected account.</summary>
    /// <param name="life">What is left of its token's life; the token is one hour old.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<(long Id, SimulatedTokenPair Pair)> ConnectAsync(TimeSpan life, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _accounts);
        var pair = Kommo.IssueTokens();
        var now = _time.GetUtcNow();
        var tokens = new AccountTokens
        {
            AccessToken = pair.AccessToken,
            RefreshToken = pair.RefreshToken,
            IssuedAt = now - TimeSpan.FromHours(1),
            ExpiresAt = now + life,
            Generation = 1,
        };
        await Provider.GetRequiredService<TokenVault>().SetAsync(id, tokens, cancellationToken);
        await Provider.GetRequiredService<AccountStore>().ConnectAsync(
            id,
            Provider.GetRequiredService<TokenRefresher>().DueAt(id, tokens),
            _ => new KommoAccount
            {
                Id = id,
                Address = Kommo.BaseAddress,
                ConnectedAt = now,
                TokenExpiresAt = tokens.ExpiresAt,
                ReconciledUntil = now,
            },
            cancellationToken);
        return (id, pair);
    }

    public async ValueTask DisposeAsync()
    {
        await Provider.DisposeAsync();
        await Kommo.DisposeAsync();
        await Vault.DisposeAsync();
        await Storage.DisposeAsync();
        await _azurite.DisposeAsync();
    }
}
