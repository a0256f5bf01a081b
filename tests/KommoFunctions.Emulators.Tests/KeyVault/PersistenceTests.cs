using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;

namespace KommoFunctions.Emulators.KeyVault;

public sealed class PersistenceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Secrets_deletions_and_the_certificate_survive_a_restart()
    {
        byte[] certificate;
        string firstVersion;
        await using (var vault = await StartAsync())
        {
            var client = vault.CreateClient();
            firstVersion = (await client.SetSecretAsync("kept", "1")).Value.Properties.Version;
            await client.SetSecretAsync("kept", "2");
            await client.SetSecretAsync("deleted", "x");
            await client.StartDeleteSecretAsync("deleted");
            await client.SetSecretAsync("purged", "x");
            await client.StartDeleteSecretAsync("purged");
            await client.PurgeDeletedSecretAsync("purged");
            certificate = vault.Certificate.RawData;
        }

        await using var again = await StartAsync();
        var reader = again.CreateClient();
        Assert.Equal("2", (await reader.GetSecretAsync("kept")).Value.Value);
        Assert.Equal("1", (await reader.GetSecretAsync("kept", firstVersion)).Value.Value);
        Assert.Equal(["deleted"], (await reader.GetDeletedSecretsAsync().ToListAsync()).Select(secret => secret.Name));
        Assert.Equal(certificate, again.Certificate.RawData);
    }

    [Fact]
    public async Task Only_the_owner_may_read_secrets_and_key()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix file modes");
        await using var vault = await StartAsync();
        await vault.CreateClient().SetSecretAsync("a", "1");

        string[] files = [_folder["secret.a.json"], _folder["certificate.pfx"]];

        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ReadMode(file)));
    }

    [Fact]
    public async Task An_unfinished_write_is_ignored()
    {
        await using (var vault = await StartAsync())
        {
            await vault.CreateClient().SetSecretAsync("a", "1");
        }

        await File.WriteAllTextAsync(_folder["secret.a.json.unfinished"], "{ \"Name\": ");

        await using var again = await StartAsync();
        Assert.Equal("1", (await again.CreateClient().GetSecretAsync("a")).Value.Value);
    }

    [Fact]
    public async Task A_damaged_file_is_named()
    {
        await File.WriteAllTextAsync(_folder["secret.a.json"], "{");

        var failure = await Assert.ThrowsAsync<InvalidDataException>(StartAsync);

        Assert.Contains("secret.a.json", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_belongs_to_one_emulator_at_a_time()
    {
        await using var vault = await StartAsync();

        var failure = await Assert.ThrowsAsync<IOException>(StartAsync);

        Assert.Contains("in use by another", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var failure = await Assert.ThrowsAsync<PortTakenException>(
            () => KeyVaultEmulator.StartAsync(new KeyVaultEmulatorOptions { Port = port }, CancellationToken.None));

        Assert.Equal(port, failure.Port);
        Assert.Contains($"Port {port} for the Key Vault emulator", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_certificate_is_for_loopback_and_its_public_half_lies_in_the_folder()
    {
        await using var vault = await StartAsync();
        using var certificate = vault.Certificate;
        using var file = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(_folder["certificate.pem"]));

        Assert.False(certificate.HasPrivateKey);
        Assert.True(certificate.MatchesHostname("localhost"));
        Assert.True(certificate.MatchesHostname("127.0.0.1"));
        Assert.Equal("1.2.840.10045.2.1", certificate.PublicKey.Oid.Value);
        Assert.Equal(certificate.RawData, file.RawData);
    }

    [Fact]
    public async Task The_certificate_is_replaced_before_it_expires()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
        await using var vault = await KeyVaultEmulator.StartAsync(
            new KeyVaultEmulatorOptions { DataFolder = _folder.Path, TimeProvider = time }, CancellationToken.None);
        using var old = vault.Certificate;
        time.Advance(TimeSpan.FromDays(334));
        Assert.Equal(old.RawData, vault.Certificate.RawData);

        time.Advance(TimeSpan.FromDays(2));

        using var renewed = vault.Certificate;
        Assert.NotEqual(old.RawData, renewed.RawData);
        await vault.CreateClient(trusted: renewed).SetSecretAsync("a", "1");
    }

    private static UnixFileMode ReadMode(string file) =>
        OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : File.GetUnixFileMode(file);

    private Task<KeyVaultEmulator> StartAsync() =>
        KeyVaultEmulator.StartAsync(new KeyVaultEmulatorOptions { DataFolder = _folder.Path }, CancellationToken.None);
}
