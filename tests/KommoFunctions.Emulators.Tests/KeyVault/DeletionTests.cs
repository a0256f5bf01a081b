namespace KommoFunctions.Emulators.KeyVault;

public sealed class DeletionTests : VaultTestBase
{
    [Fact]
    public async Task A_deleted_secret_is_not_found_but_is_among_the_deleted()
    {
        await Client.SetSecretAsync("a", "1");

        var operation = await Client.StartDeleteSecretAsync("a");
        await operation.WaitForCompletionAsync();

        await FailsAsync(() => Client.GetSecretAsync("a"), 404, "SecretNotFound");
        var deleted = (await Client.GetDeletedSecretAsync("a")).Value;
        Assert.Equal(deleted.DeletedOn!.Value.AddDays(90), deleted.ScheduledPurgeDate);
        Assert.Equal(new Uri(Vault.Uri, "deletedsecrets/a"), deleted.RecoveryId);
        Assert.Equal(["a"], (await Client.GetDeletedSecretsAsync().ToListAsync()).Select(secret => secret.Name));
        Assert.Empty(await Client.GetPropertiesOfSecretsAsync().ToListAsync());
    }

    [Fact]
    public async Task The_name_of_a_deleted_secret_is_409_until_it_is_purged()
    {
        await Client.SetSecretAsync("a", "1");
        await Client.StartDeleteSecretAsync("a");
        await FailsAsync(() => Client.SetSecretAsync("a", "2"), 409, "Conflict");

        await Client.PurgeDeletedSecretAsync("a");

        await FailsAsync(() => Client.GetDeletedSecretAsync("a"), 404, "SecretNotFound");
        var fresh = (await Client.SetSecretAsync("a", "2")).Value;
        Assert.Equal([fresh.Properties.Version], (await Client.GetPropertiesOfSecretVersionsAsync("a").ToListAsync()).Select(p => p.Version));
    }

    [Fact]
    public async Task A_recovered_secret_has_all_its_versions()
    {
        var first = (await Client.SetSecretAsync("a", "1")).Value;
        await Client.SetSecretAsync("a", "2");
        await Client.StartDeleteSecretAsync("a");

        var operation = await Client.StartRecoverDeletedSecretAsync("a");
        await operation.WaitForCompletionAsync();

        Assert.Equal("2", (await Client.GetSecretAsync("a")).Value.Value);
        Assert.Equal("1", (await Client.GetSecretAsync("a", first.Properties.Version)).Value.Value);
        await FailsAsync(() => Client.GetDeletedSecretAsync("a"), 404, "SecretNotFound");
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_deleted_recovered_or_purged()
    {
        await FailsAsync(() => Client.StartDeleteSecretAsync("a"), 404, "SecretNotFound");
        await FailsAsync(() => Client.StartRecoverDeletedSecretAsync("a"), 404, "SecretNotFound");
        await FailsAsync(() => Client.PurgeDeletedSecretAsync("a"), 404, "SecretNotFound");
    }
}
