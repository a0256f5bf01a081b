namespace KommoFunctions.Emulators.KeyVault;

/// <summary>The real vault takes its time to delete and to recover.</summary>
public sealed class TransitionTests : VaultTestBase
{
    protected override KeyVaultEmulatorOptions Options => new() { TransitionTime = TimeSpan.FromSeconds(2) };

    [Fact]
    public async Task While_a_secret_is_being_deleted_it_is_nowhere_and_its_name_is_409()
    {
        await Client.SetSecretAsync("a", "1");

        var deletion = await Client.StartDeleteSecretAsync("a");

        await FailsAsync(() => Client.GetSecretAsync("a"), 404, "SecretNotFound");
        await FailsAsync(() => Client.GetDeletedSecretAsync("a"), 404, "SecretNotFound");
        var conflict = await FailsAsync(() => Client.SetSecretAsync("a", "2"), 409, "Conflict");
        Assert.Contains("ObjectIsBeingDeleted", conflict.Message, StringComparison.Ordinal);
        await FailsAsync(() => Client.StartRecoverDeletedSecretAsync("a"), 409, "Conflict");
        await deletion.WaitForCompletionAsync();
        Assert.Equal("a", (await Client.GetDeletedSecretAsync("a")).Value.Name);
    }

    [Fact]
    public async Task A_secret_that_is_recovered_can_be_read_before_its_name_can_be_set_again()
    {
        await Client.SetSecretAsync("a", "1");
        await (await Client.StartDeleteSecretAsync("a")).WaitForCompletionAsync();

        await (await Client.StartRecoverDeletedSecretAsync("a")).WaitForCompletionAsync();

        var conflict = await FailsAsync(() => Client.SetSecretAsync("a", "2"), 409, "Conflict");
        Assert.Contains("ObjectIsBeingRecovered", conflict.Message, StringComparison.Ordinal);
        Assert.Equal("1", (await Client.GetSecretAsync("a")).Value.Value);
    }
}
