using Azure;
using Azure.Security.KeyVault.Secrets;

namespace KommoFunctions.Emulators.KeyVault;

/// <summary>A vault in memory of its own for each test.</summary>
public abstract class VaultTestBase : IAsyncLifetime
{
    private KeyVaultEmulator? _vault;
    private SecretClient? _client;

    protected KeyVaultEmulator Vault => _vault!;

    protected SecretClient Client => _client!;

    public async ValueTask InitializeAsync()
    {
        _vault = await KeyVaultEmulator.StartAsync(Options, CancellationToken.None);
        _client = _vault.CreateClient();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Vault.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual KeyVaultEmulatorOptions Options => new();

    protected static async Task<RequestFailedException> FailsAsync(Func<Task> act, int status, string code)
    {
        var failure = await Assert.ThrowsAsync<RequestFailedException>(act);
        Assert.Equal((status, code), (failure.Status, failure.ErrorCode));
        return failure;
    }
}
