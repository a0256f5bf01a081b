using System.Net;
using Azure;

namespace KommoFunctions.Emulators.KeyVault;

public sealed class FaultTests : VaultTestBase
{
    [Fact]
    public async Task Failures_that_are_cleared_do_not_come()
    {
        Vault.FailNext(new KeyVaultFault { Times = 100 });
        Vault.ClearFaults();

        await Client.SetSecretAsync("name", "value");
    }

    [Fact]
    public async Task A_request_without_a_token_is_challenged_as_by_the_real_vault()
    {
        using var http = Vault.CreateHttpClient();

        using var response = await http.GetAsync(new Uri(Vault.Uri, "secrets/a?api-version=7.5"));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        var challenge = Assert.Single(response.Headers.WwwAuthenticate);
        Assert.Equal("Bearer", challenge.Scheme);
        Assert.Contains("authorization=\"https://", challenge.Parameter, StringComparison.Ordinal);
        Assert.Contains("resource=\"https://vault.azure.net\"", challenge.Parameter, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_are_counted_by_operation()
    {
        await Client.SetSecretAsync("a", "1");
        await Client.GetSecretAsync("a");
        await Client.GetSecretAsync("a");

        Assert.Equal(1, Vault.Statistics[KeyVaultOperation.Set]);
        Assert.Equal(2, Vault.Statistics[KeyVaultOperation.Get]);
        Assert.Equal(3, Vault.Statistics.Total);
        Assert.Equal(1, Vault.Statistics.Challenges);
    }

    [Fact]
    public async Task A_planned_failure_meets_its_operation_once()
    {
        await Client.SetSecretAsync("a", "1");
        Vault.FailNext(KeyVaultOperation.Get, 429);

        await Client.SetSecretAsync("a", "2");
        await FailsAsync(() => Client.GetSecretAsync("a"), 429, "Throttled");

        Assert.Equal("2", (await Client.GetSecretAsync("a")).Value.Value);
    }

    [Fact]
    public async Task The_SDK_gets_through_as_many_failures_as_it_repeats()
    {
        var patient = Vault.CreateClient(maxRetries: 3);
        Vault.FailNext(new KeyVaultFault { Operation = KeyVaultOperation.Set, StatusCode = 503, Times = 3 });

        await patient.SetSecretAsync("a", "1");

        Assert.Equal(4, Vault.Statistics[KeyVaultOperation.Set]);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(null)]
    public async Task A_lost_answer_leaves_the_secret_stored(int? status)
    {
        Vault.FailNext(new KeyVaultFault { Operation = KeyVaultOperation.Set, StatusCode = status, AfterActing = true });

        await Assert.ThrowsAsync<RequestFailedException>(() => Client.SetSecretAsync("a", "1"));

        Assert.Equal("1", (await Client.GetSecretAsync("a")).Value.Value);
    }

    [Fact]
    public async Task A_failure_before_acting_leaves_nothing()
    {
        Vault.FailNext(new KeyVaultFault { StatusCode = null });

        await Assert.ThrowsAsync<RequestFailedException>(() => Client.SetSecretAsync("a", "1"));

        await FailsAsync(() => Client.GetSecretAsync("a"), 404, "SecretNotFound");
    }

    [Fact]
    public async Task An_unavailable_vault_answers_503_until_it_is_back()
    {
        await Client.SetSecretAsync("a", "1");
        Vault.Available = false;
        await FailsAsync(() => Client.GetSecretAsync("a"), 503, "ServiceUnavailable");

        Vault.Available = true;

        Assert.Equal("1", (await Client.GetSecretAsync("a")).Value.Value);
    }
}
