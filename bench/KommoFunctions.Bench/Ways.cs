using Kommo.Simulator;
using KommoFunctions.Emulators.Azurite;
using KommoFunctions.Emulators.KeyVault;
using KommoFunctions.Emulators.Network;
using KommoFunctions.Emulators.Storage;

namespace KommoFunctions.Bench;

/// <summary>The network between the app and what it needs: each way can be cut, stalled and slowed.</summary>
internal sealed class Ways : IAsyncDisposable
{
    private readonly NetworkProxy _storage;
    private readonly NetworkProxy _vault;
    private readonly List<NetworkProxy> _accounts;

    public Ways(StorageProxy storage, KeyVaultEmulator vault, IEnumerable<KommoSimulator> accounts)
    {
        _storage = NetworkProxy.Start(storage.BlobEndpoint.Port, storage.QueueEndpoint.Port, storage.TableEndpoint.Port);
        _vault = NetworkProxy.Start(vault.Uri.Port);
        _accounts = [.. accounts.Select(account => NetworkProxy.Start(account.BaseAddress.Port))];
        VaultAddress = At(vault.Uri, _vault.Ports[0]);
        StorageConnectionString = AzuriteProcess.BuildConnectionString(
            At(storage.BlobEndpoint, _storage.Ports[0]), At(storage.QueueEndpoint, _storage.Ports[1]), At(storage.TableEndpoint, _storage.Ports[2]));
        AccountAddresses = [.. accounts.Zip(_accounts, (account, proxy) => At(account.BaseAddress, proxy.Ports[0]))];
    }

    public NetworkFaults Storage => _storage.Faults;

    public NetworkFaults Vault => _vault.Faults;

    public IReadOnlyList<NetworkFaults> Accounts => [.. _accounts.Select(proxy => proxy.Faults)];

    public string StorageConnectionString { get; }

    public Uri VaultAddress { get; }

    public IReadOnlyList<Uri> AccountAddresses { get; }

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in _accounts.Append(_vault).Append(_storage))
        {
            await proxy.DisposeAsync();
        }
    }

    private static Uri At(Uri address, int port) => new UriBuilder(address) { Port = port }.Uri;
}
