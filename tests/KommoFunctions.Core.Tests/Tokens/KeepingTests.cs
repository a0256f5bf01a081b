using Azure.Identity;
using KommoFunctions.Core.Tests.Contracts;
using KommoFunctions.Emulators.KeyVault;
using KommoFunctions.Emulators.Storage.InMemory;
using KommoFunctions.Emulators.Storage.InMemory.Interleaving;
using KommoFunctions.Storage;
using KommoFunctions.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Core.Tests.Tokens;

public sealed class KeepingTests
{
    private const long AccountId = 30_000_001;

    [Fact(Timeout = 60_000)]
    public async Task A_pair_is_kept_though_the_lock_cannot_be_held_anew()
    {
        await using var emulator = await KeyVaultEmulator.StartAsync(new KeyVaultEmulatorOptions(), CancellationToken.None);
        var client = VaultClients.Create(new VaultOptions { Uri = emulator.Uri.AbsoluteUri, Emulator = true });
        await client.SetSecretAsync(IntegrationSecret.Name, "secret");
        var time = new InterleavedTime(new DateTimeOffset(2026, 1, 31, 10, 0, 0, TimeSpan.Zero));
        var process = new ContractProcess(new InMemoryStorage(time), time, services => services.AddSingleton(client));
        await process.Get<StorageProvisioner>().EnsureCreatedAsync();
        await process.Get<TokenVault>().ReadClientSecretAsync(CancellationToken.None);
        var lockTime = process.Get<IOptions<TokenOptions>>().Value.LockTime;
        var held = (await process.Get<RowLeases>().TryAcquireAsync<RotationState>("lock", "name", lockTime, CancellationToken.None))!;
        var failed = 0;
        process.Network = _ => throw new AuthenticationFailedException($"No token, {++failed} times.");
        emulator.Available = false;

        var keeping = process.Get<TokenKeeping>().KeepAsync(held, AccountId, Tokens);
        await MoveAsync(lockTime / 2);
        Assert.False(keeping.IsCompleted, $"{keeping.Exception}");
        Assert.True(failed >= 2, "Neither the copy nor the lock was tried.");
        process.Network = null;
        while (!keeping.IsCompleted)
        {
            await MoveAsync(TimeSpan.FromSeconds(1));
        }

        Assert.Null(await keeping);
        Assert.Single(await process.Get<TokenCopies>().ListAsync(AccountId, CancellationToken.None).ToListAsync());

        async Task MoveAsync(TimeSpan by)
        {
            for (var end = time.GetUtcNow() + by; time.GetUtcNow() < end;)
            {
                time.MoveTo(time.GetUtcNow() + TimeSpan.FromMilliseconds(500));
                // The vault is a real server, and answers on another thread.
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            }
        }
    }

    private static AccountTokens Tokens => new()
    {
        AccessToken = "access",
        RefreshToken = "refresh",
        IssuedAt = new DateTimeOffset(2026, 1, 31, 10, 0, 0, TimeSpan.Zero),
        ExpiresAt = new DateTimeOffset(2026, 2, 1, 10, 0, 0, TimeSpan.Zero),
        Generation = 1,
    };
}
