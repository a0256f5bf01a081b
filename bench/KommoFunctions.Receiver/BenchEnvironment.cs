using Azure.Security.KeyVault.Secrets;
using KommoFunctions.Accounts;
using KommoFunctions.Emulators.Azurite;
using KommoFunctions.Emulators.KeyVault;
using KommoFunctions.Storage;
using KommoFunctions.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Receiver;

/// <summary>What the processes work with: storage, a vault, Kommo's side, and a connected account.</summary>
internal sealed class BenchEnvironment : IAsyncDisposable
{
    public const long AccountId = 30_000_001;

    private readonly AzuriteProcess? _azurite;
    private readonly KeyVaultEmulator _vault;

    private BenchEnvironment(AzuriteProcess? azurite, string storage, KeyVaultEmulator vault)
    {
        (_azurite, _vault) = (azurite, vault);
        Settings = new Dictionary<string, string?>
        {
            [ConnectionNames.Storage] = storage,
            ["KommoFunctions:KeyVault:Uri"] = vault.Uri.AbsoluteUri,
            ["KommoFunctions:KeyVault:Emulator"] = "true",
            ["KommoFunctions:OAuth:ClientId"] = "00000000-0000-0000-0000-000000000001",
            ["KommoFunctions:OAuth:RedirectUri"] = "http://localhost:7071/api/oauth/callback",
            ["KommoFunctions:PublicUrl"] = "http://localhost:7071",
        };
    }

    public TlsReceiver Receiver { get; } = new();

    /// <summary>The processes' settings: the app's defaults.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; }

    /// <param name="storage">A storage account; null for an Azurite of its own.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<BenchEnvironment> StartAsync(string? storage, CancellationToken cancellationToken)
    {
        var azurite = storage is null ? await AzuriteProcess.StartAsync(new AzuriteOptions(), cancellationToken) : null;
        var vault = await KeyVaultEmulator.StartAsync(new KeyVaultEmulatorOptions(), cancellationToken);
        var environment = new BenchEnvironment(azurite, storage ?? azurite!.ConnectionString, vault);
        await environment.ConnectAsync(cancellationToken);
        await environment.Receiver.WarmUpAsync(cancellationToken);
        return environment;
    }

    public async ValueTask DisposeAsync()
    {
        await Receiver.DisposeAsync();
        await _vault.DisposeAsync();
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddKommoFunctions(new ConfigurationBuilder().AddInMemoryCollection(Settings).Build());
        await using var provider = services.BuildServiceProvider();
        var now = TimeProvider.System.GetUtcNow();
        var tokens = new AccountTokens { AccessToken = "long-lived", IssuedAt = now, ExpiresAt = now.AddDays(300), Generation = 1 };
        await provider.GetRequiredService<StorageProvisioner>().EnsureCreatedAsync(cancellationToken);
        await provider.GetRequiredService<SecretClient>().SetSecretAsync(IntegrationSecret.Name, "a-made-up-secret", cancellationToken);
        await provider.GetRequiredService<TokenVault>().SetAsync(AccountId, tokens, cancellationToken);
        await provider.GetRequiredService<AccountStore>().ConnectAsync(
            AccountId,
            AccountStore.Never,
            _ => new KommoAccount
            {
                Id = AccountId,
                Address = Receiver.Address,
                ConnectedAt = now,
                TokenExpiresAt = tokens.ExpiresAt,
                ReconciledUntil = now,
            },
            cancellationToken);
    }
}
