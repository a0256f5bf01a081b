using Kommo.Simulator;
using KommoFunctions.Emulators.Azurite;
using KommoFunctions.Emulators.KeyVault;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Storage;

namespace KommoFunctions.Local.Surroundings;

/// <summary>What surrounds the app: storage (Azurite), the vault, and a Kommo account.</summary>
internal sealed class LocalSurroundings : IAsyncDisposable
{
    /// <summary>As in <c>local.settings.sample.json</c>; made up.</summary>
    public const string ClientId = "00000000-0000-4000-8000-000000000001";

    /// <summary>Made up; it opens nothing but the simulator.</summary>
    public const string ClientSecret = "made-up-secret-of-the-simulated-integration";

    private readonly Stack<IAsyncDisposable> _started = new();
    private readonly SurroundingsOptions _options;
    private StorageProxy? _proxy;

    private LocalSurroundings(SurroundingsOptions options) => _options = options;

    public AzuriteProcess Azurite { get; private set; } = null!;

    public KeyVaultEmulator Vault { get; private set; } = null!;

    public KommoSimulator Simulator { get; private set; } = null!;

    /// <summary>Counts what the app asks of storage; only with <see cref="SurroundingsOptions.CountStorage"/>.</summary>
    public StorageStatistics? Storage => _proxy?.Statistics;

    /// <summary>Makes storage fail for the app; only with <see cref="SurroundingsOptions.CountStorage"/>.</summary>
    public StorageFaults? StorageFaults => _proxy?.Faults;

    /// <summary>The page on which an account is connected.</summary>
    public Uri ConnectAddress => new(AppAddress, "api/oauth/start");

    public Uri AppAddress => new($"http://localhost:{_options.AppPort}");

    /// <summary>The settings that connect the app to all of it.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        [ConnectionNames.Storage] = _proxy?.ConnectionString ?? Azurite.ConnectionString,
        ["KommoFunctions:KeyVault:Uri"] = Vault.Uri.AbsoluteUri,
        ["KommoFunctions:KeyVault:Emulator"] = "true",
        ["KommoFunctions:OAuth:ClientId"] = ClientId,
        ["KommoFunctions:OAuth:RedirectUri"] = RedirectUri,
        ["KommoFunctions:Connect:AuthorizationPage"] = new Uri(Simulator.BaseAddress, "oauth").AbsoluteUri,
        ["KommoFunctions:Connect:AllowLoopback"] = "true",
        ["KommoFunctions:PublicUrl"] = AppAddress.GetLeftPart(UriPartial.Authority),
    };

    private string RedirectUri => new Uri(AppAddress, "api/oauth/callback").AbsoluteUri;

    /// <summary>Starts everything. What was started is stopped again when something does not start.</summary>
    /// <exception cref="AzuriteException">Azurite cannot be started.</exception>
    /// <exception cref="Emulators.PortTakenException">A port is taken; the message names it.</exception>
    public static async Task<LocalSurroundings> StartAsync(
        SurroundingsOptions options, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var surroundings = new LocalSurroundings(options);
        try
        {
            await surroundings.StartAsync(progress, cancellationToken);
            return surroundings;
        }
        catch
        {
            await surroundings.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_started.TryPop(out var started))
        {
            await started.DisposeAsync();
        }
    }

    private async Task StartAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        progress.Report("Starting Azurite (blobs, queues, tables)");
        Azurite = Started(await AzuriteProcess.StartAsync(
            new AzuriteOptions
            {
                BlobPort = _options.BlobPort,
                QueuePort = _options.QueuePort,
                TablePort = _options.TablePort,
                DataFolder = Folder("azurite"),
                Progress = progress,
            },
            cancellationToken));
        if (_options.CountStorage)
        {
            _proxy = Started(await StorageProxy.StartAsync(StorageProxyOptions.For(Azurite), cancellationToken));
        }

        progress.Report("Starting the Key Vault stand-in");
        Vault = Started(await KeyVaultEmulator.StartAsync(
            new KeyVaultEmulatorOptions { Port = _options.VaultPort, DataFolder = Folder("vault") }, cancellationToken));

        progress.Report("Starting the Kommo simulator");
        Simulator = Started(await KommoSimulator.StartAsync(
            new KommoSimulatorOptions
            {
                Port = _options.SimulatorPort,
                ClientId = ClientId,
                ClientSecret = ClientSecret,
                RedirectUri = RedirectUri,
                UseLoopbackHosts = true,
                HookTimeScale = _options.HookTimeScale,
                DeliverHooksTwice = _options.DuplicateHooks,
                StateFile = Folder("simulator") is { } folder ? Path.Combine(folder, "account.json") : null,
            },
            cancellationToken));
    }

    private string? Folder(string name) =>
        _options.DataFolder is { } root ? Directory.CreateDirectory(Path.Combine(root, name)).FullName : null;

    private T Started<T>(T service)
        where T : IAsyncDisposable
    {
        _started.Push(service);
        return service;
    }
}
